import { divUp } from "../../internal/division.ts";

/** What `amount` units are worth at a price of a whole token, both 1e18 USD, rounded up. */
export function valueUp(amount: bigint, price: bigint, decimals: number): bigint {
  return divUp(amount * price, 10n ** BigInt(decimals));
}
