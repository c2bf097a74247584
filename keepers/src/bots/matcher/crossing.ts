import { amountDown, costUp } from "../../dex/price.ts";
import { OrderFlags, type ViewOrder } from "../../dex/types.ts";

/** Two orders whose prices cross by more than the fees, and an estimate of what matching them leaves. */
export interface Crossing {
  readonly a: ViewOrder;
  readonly b: ViewOrder;
  /** Units of A's sold token that are left after B was paid. */
  readonly surplusA: bigint;
  /** Units of B's sold token that are left after A was paid. */
  readonly surplusB: bigint;
}

const MILLION = 1_000_000n;

/** Best orders of a side that are tried against each other: some of the best may be unmatchable. */
const DEPTH = 24;

/** As the contract's: takes that are not settled after this many cuts hardly cross. */
const MAX_ROUNDS = 16;

/**
 * Crossing orders of a pair.
 * @param sideA orders that sell X for Y, lowest price first
 * @param sideB orders that sell Y for X, lowest price first
 * @param takerFee millionths of what each order sells
 */
export function crossingPairs(sideA: readonly ViewOrder[], sideB: readonly ViewOrder[], takerFee: bigint): Crossing[] {
  const crossings: Crossing[] = [];
  for (const a of sideA.slice(0, DEPTH)) {
    for (const b of sideB.slice(0, DEPTH)) {
      // The side is sorted: what does not cross this B crosses none after it.
      if (!crosses(a, b, takerFee)) break;
      const crossing = solve(a, b, takerFee);
      if (crossing !== undefined) crossings.push(crossing);
    }
  }
  return crossings;
}

interface Take {
  readonly amount: bigint;
  readonly cost: bigint;
  readonly received: bigint;
}

/** The greatest takes for which each order's payment is covered by what the other brings, as `OrderMatcher` finds them. */
function solve(a: ViewOrder, b: ViewOrder, fee: bigint): Crossing | undefined {
  let takeA = takeOf(a, a.available, fee);
  let takeB = takeOf(b, b.available, fee);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (takeA.cost > takeB.received) {
      takeA = takeOf(a, amountDown(a.price, takeB.received), fee);
    } else if (takeB.cost > takeA.received) {
      takeB = takeOf(b, amountDown(b.price, takeA.received), fee);
    } else {
      if (!isAllowed(a, takeA) || !isAllowed(b, takeB)) return undefined;
      return { a, b, surplusA: takeA.received - takeB.cost, surplusB: takeB.received - takeA.cost };
    }
  }
  return undefined;
}

function takeOf(order: ViewOrder, amount: bigint, fee: bigint): Take {
  return { amount, cost: costUp(order.price, amount), received: amount - (amount * fee) / MILLION };
}

/** Whether priceA · priceB < (1 − fee)², without rounding. */
function crosses(a: ViewOrder, b: ViewOrder, fee: bigint): boolean {
  const scale = 1n << 200n;
  const product = costUp(a.price, scale) * costUp(b.price, scale);
  return product * MILLION * MILLION < scale * scale * (MILLION - fee) * (MILLION - fee);
}

function isAllowed({ remaining, terms }: ViewOrder, { amount }: Take): boolean {
  if (amount === 0n) return false;
  if (amount === remaining) return true;
  const minFill = 1n << BigInt((terms >> OrderFlags.MIN_FILL_SHIFT) & OrderFlags.MIN_FILL_MASK);
  return amount >= minFill;
}
