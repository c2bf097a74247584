import { divUp } from "../internal/division.ts";

const WAD_DECIMALS = 18;

/** An answer of a feed in 1e18 USD, rounded up. */
export function feedPriceUp(answer: bigint, decimals: number): bigint {
  return decimals <= WAD_DECIMALS
    ? answer * 10n ** BigInt(WAD_DECIMALS - decimals)
    : divUp(answer, 10n ** BigInt(decimals - WAD_DECIMALS));
}
