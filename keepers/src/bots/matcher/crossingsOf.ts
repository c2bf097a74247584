import { matchOutcome, type MatchOutcome, type Order, pricesCross } from "@cxmpute/sdk";
import type { Address } from "viem";

/** Two orders whose prices cross by more than the fees, and what matching them leaves. */
export interface Crossing extends MatchOutcome {
  readonly a: Order;
  readonly b: Order;
}

/** What is looked through. */
export interface CrossingsParameters {
  /** Orders that sell X for Y, lowest price first. */
  readonly sideA: readonly Order[];
  /** Orders that sell Y for X, lowest price first. */
  readonly sideB: readonly Order[];
  /** Millionths of what each order sells. */
  readonly takerFee: bigint;
  /** Seconds. */
  readonly timestamp: bigint;
  /** Who takes both. */
  readonly orderMatcher: Address;
}

/** Best orders of a side that are tried against each other: some of the best may be unmatchable. */
const DEPTH = 24;

/** Crossing orders of a pair, each two by themselves: an order may be in several. */
export function crossingsOf({ sideA, sideB, ...terms }: CrossingsParameters): Crossing[] {
  const crossings: Crossing[] = [];
  for (const a of sideA.slice(0, DEPTH)) {
    for (const b of sideB.slice(0, DEPTH)) {
      // The side is sorted: what does not cross this B crosses none after it.
      if (!pricesCross(a.price, b.price)) break;
      const outcome = matchOutcome({ orderA: a, orderB: b, ...terms });
      if (outcome !== undefined) crossings.push({ a, b, ...outcome });
    }
  }
  return crossings;
}
