import { divUp } from "../../internal/division.ts";
import type { Price } from "../types.ts";
import { decodePrice } from "./decodePrice.ts";

/** What `amount` units of the sold token cost in units of the bought token, rounded up: in favour of who sells. */
export function costUp(price: Price, amount: bigint): bigint {
  const { numerator, denominator } = decodePrice(price);
  return divUp(amount * numerator, denominator);
}
