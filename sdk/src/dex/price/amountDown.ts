import { divDown } from "../../internal/division.ts";
import type { Price } from "../types.ts";
import { decodePrice } from "./decodePrice.ts";

/** The most units of the sold token that `budget` units of the bought token pay for: `costUp` of it is ≤ `budget`. */
export function amountDown(price: Price, budget: bigint): bigint {
  const { numerator, denominator } = decodePrice(price);
  return divDown(budget * denominator, numerator);
}
