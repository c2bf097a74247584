import { divDown } from "../internal/division.ts";

const WAD_DECIMALS = 18;

/** An answer of a feed in 1e18 USD, rounded down. */
export function feedPriceDown(answer: bigint, decimals: number): bigint {
  return decimals <= WAD_DECIMALS
    ? answer * 10n ** BigInt(WAD_DECIMALS - decimals)
    : divDown(answer, 10n ** BigInt(decimals - WAD_DECIMALS));
}
