import { divDown } from "../../internal/division.ts";

/** What `amount` units are worth at a price of a whole token, both 1e18 USD, rounded down. */
export function valueDown(amount: bigint, price: bigint, decimals: number): bigint {
  return divDown(amount * price, 10n ** BigInt(decimals));
}
