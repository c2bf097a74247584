import type { Price } from "../types.ts";
import { decodePrice } from "./decodePrice.ts";

/** −1, 0 or 1 as `a` is below, equal to or above `b`: the order of a book, cheapest first. */
export function comparePrices(a: Price, b: Price): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Whether an order that sells X for Y at `priceA` and one that sells Y for X at `priceB` cross: whether the product of
 * the two prices is at most one. Fees are not looked at.
 */
export function pricesCross(priceA: Price, priceB: Price): boolean {
  const a = decodePrice(priceA);
  const b = decodePrice(priceB);
  return a.numerator * b.numerator <= a.denominator * b.denominator;
}
