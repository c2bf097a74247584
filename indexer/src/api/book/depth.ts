import { availableAmount, type Price } from "@cxmpute/sdk";
import { and, asc, eq, gt, inArray, lt, lte, sql } from "ponder";
import { db } from "ponder:api";
import { level, order } from "ponder:schema";
import type { Address } from "viem";

import { toBookOrder, type OrderRow } from "./bookOrder.ts";

/** Most orders of a pair that are looked at one by one: those released over time, and those that just expired. */
const MOST_SINGLE_ORDERS = 1_000;
/** Most orders of all pairs that expired since the last block. */
const MOST_EXPIRED = 10_000;

export interface DepthLevel {
  readonly price: Price;
  /** Units of the sold token that a fill could take. */
  readonly amount: bigint;
  readonly orderCount: number;
}

/**
 * The best `depth` prices at which orders sell one of two tokens for the other at `now` (seconds), cheapest first:
 * first those that sell `base`, then those that sell `quote`. Levels hold the orders of which the whole remainder can
 * be taken; orders that expired since the last block are taken off, and what is released so far of time-released orders
 * is added. Private orders are not shown.
 */
export async function readDepth(
  base: Address,
  quote: Address,
  depth: number,
  now: bigint,
): Promise<readonly [DepthLevel[], DepthLevel[]]> {
  const isOfPair = and(
    inArray(order.sellToken, [base, quote]),
    inArray(order.buyToken, [base, quote]),
    sql`status = 'open'`,
    eq(order.isPrivate, false),
  );
  // The few that expired, by the index of expiry, and of these the pair's. In one condition a database without
  // statistics, as PGlite is, would rather look at every open order of the pair.
  const late = db
    .select()
    .from(order)
    .where(and(sql`status = 'open'`, lte(order.expiry, now)))
    .orderBy(asc(order.expiry))
    .limit(MOST_EXPIRED)
    .as("late");
  const [expired, released] = await Promise.all([
    db
      .select({ sellToken: late.sellToken, price: late.price, remaining: late.remaining })
      .from(late)
      .where(
        and(
          inArray(late.sellToken, [base, quote]),
          inArray(late.buyToken, [base, quote]),
          eq(late.isPrivate, false),
          eq(late.isReleased, false),
        ),
      )
      .orderBy(asc(late.price))
      .limit(MOST_SINGLE_ORDERS),
    db
      .select()
      .from(order)
      .where(and(isOfPair, sql`is_released`, gt(order.expiry, now), lt(order.releaseStart, now)))
      .orderBy(asc(order.price))
      .limit(MOST_SINGLE_ORDERS),
  ]);
  const side = async (sellToken: Address, buyToken: Address): Promise<DepthLevel[]> => {
    const gone = expired.filter((row) => row.sellToken === sellToken);
    const coming = released.filter((row) => row.sellToken === sellToken);
    const rows = await readLevels(sellToken, buyToken, depth + gone.length);
    return mergeSide(rows, gone, coming, { depth, now, isWhole: rows.length < depth + gone.length });
  };
  return Promise.all([side(base, quote), side(quote, base)]);
}

function readLevels(sellToken: Address, buyToken: Address, count: number): Promise<DepthLevel[]> {
  return db
    .select({ price: level.price, amount: level.amount, orderCount: level.orderCount })
    .from(level)
    .where(and(eq(level.sellToken, sellToken), eq(level.buyToken, buyToken), sql`order_count > 0`))
    .orderBy(asc(level.price))
    .limit(count);
}

function mergeSide(
  rows: readonly DepthLevel[],
  gone: readonly Pick<OrderRow, "price" | "remaining">[],
  coming: readonly OrderRow[],
  { depth, now, isWhole }: { readonly depth: number; readonly now: bigint; readonly isWhole: boolean },
): DepthLevel[] {
  const levels = new Map<Price, DepthLevel>(rows.map((row) => [row.price, row]));
  const change = (price: Price, amount: bigint, orderCount: number): void => {
    const existing = levels.get(price) ?? { price, amount: 0n, orderCount: 0 };
    const sums = { amount: existing.amount + amount, orderCount: existing.orderCount + orderCount };
    levels.set(price, { price, ...sums });
  };
  for (const { price, remaining } of gone) change(price, -remaining, -1);
  // Beyond the last level that was read there may be more, so a released order there would stand alone.
  const last = isWhole ? undefined : rows.at(-1)?.price;
  for (const row of coming) {
    const amount = availableAmount(toBookOrder(row), now);
    if (amount > 0n && (last === undefined || row.price <= last)) change(row.price, amount, 1);
  }
  return [...levels.values()]
    .filter(({ amount, orderCount }) => amount > 0n && orderCount > 0)
    .sort((a, b) => (a.price < b.price ? -1 : 1))
    .slice(0, depth);
}
