import { type Address, isAddressEqual } from "viem";

import { matchOutcome, type MatchOutcome } from "./matchOutcome.ts";
import { pricesCross } from "./price/comparePrices.ts";
import { byPriceThenTime } from "./routeSweep.ts";
import type { BookOrder } from "./types.ts";

export interface CrossingPairsParameters {
  /** Orders of both sides; those of other pairs are left out. */
  readonly orders: Iterable<BookOrder>;
  readonly tokenA: Address;
  readonly tokenB: Address;
  /** Seconds: when the matches are expected to run. */
  readonly timestamp: bigint;
  /** Millionths; the order book's fee on each side. */
  readonly takerFee: bigint;
  /** The `OrderMatcher`: the taker of all orders. */
  readonly orderMatcher?: Address | undefined;
  /** Whether a match is worth its gas; every one is unless said. */
  readonly isWorthwhile?: ((outcome: MatchOutcome) => boolean) | undefined;
  /** Most matches to return; 100 unless said. */
  readonly maxMatches?: number | undefined;
}

/** Two orders that `matchOrders` would settle; A sells `tokenA`, B sells `tokenB`. */
export interface CrossingPair extends MatchOutcome {
  readonly idA: bigint;
  readonly idB: bigint;
}

/** How many pairs of orders are tried at most, so that a book full of unmatchable orders costs bounded time. */
const MAX_ATTEMPTS = 20_000;

/**
 * The matches that a book holds, best prices first. Each counts on those before it having been carried out; a keeper
 * that skips one must ask anew.
 */
export function crossingPairs(parameters: CrossingPairsParameters): readonly CrossingPair[] {
  const { tokenA, tokenB, timestamp, takerFee, orderMatcher, isWorthwhile = () => true } = parameters;
  const { maxMatches = 100 } = parameters;
  const orders = [...parameters.orders];
  const sideB = new Map(select(orders, tokenB, tokenA).map((order) => [order.id, order]));
  const matches: CrossingPair[] = [];
  let attempts = 0;

  for (let orderA of select(orders, tokenA, tokenB)) {
    for (const orderB of sideB.values()) {
      if (matches.length === maxMatches || attempts++ === MAX_ATTEMPTS) return matches;
      if (!pricesCross(orderA.price, orderB.price)) break;
      const outcome = matchOutcome({ orderA, orderB, timestamp, takerFee, orderMatcher });
      if (outcome === undefined || !isWorthwhile(outcome)) continue;

      matches.push({ idA: orderA.id, idB: orderB.id, ...outcome });
      orderA = less(orderA, outcome.takeA);
      const left = less(orderB, outcome.takeB);
      if (left.remaining === 0n) sideB.delete(orderB.id);
      else sideB.set(orderB.id, left);
      if (orderA.remaining === 0n) break;
    }
  }
  return matches;
}

function select(orders: readonly BookOrder[], sellToken: Address, buyToken: Address): readonly BookOrder[] {
  return orders
    .filter((order) => isAddressEqual(order.sellToken, sellToken) && isAddressEqual(order.buyToken, buyToken))
    .sort(byPriceThenTime);
}

function less(order: BookOrder, taken: bigint): BookOrder {
  return { ...order, remaining: order.remaining - taken };
}
