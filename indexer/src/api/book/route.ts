import { routeSweep, type SweepRoute } from "@cxmpute/sdk";
import { and, asc, eq, gt, lt, or, sql } from "ponder";
import { db } from "ponder:api";
import { order } from "ponder:schema";
import type { Address } from "viem";

import { toBookOrder } from "./bookOrder.ts";

/** Most orders of a book that a route is chosen from. */
const MOST_CANDIDATES = 1_000;

export interface RouteQuery {
  readonly sellToken: Address;
  readonly buyToken: Address;
  readonly takeAmount: bigint | undefined;
  readonly budget: bigint | undefined;
  readonly taker: Address | undefined;
  /** Millionths. */
  readonly slippage: bigint | undefined;
  readonly takerFee: bigint;
  readonly maxOrders: number;
  readonly spareOrders: number;
  /** Seconds. */
  readonly timestamp: bigint;
}

/** The best list of the book's orders for an amount or a budget, chosen by the SDK among the cheapest 1,000. */
export async function bestRoute(query: RouteQuery): Promise<SweepRoute> {
  const { sellToken, buyToken, taker, timestamp } = query;
  const isForTaker = taker === undefined ? undefined : eq(order.privateTaker, taker);
  const rows = await db
    .select()
    .from(order)
    .where(
      and(
        eq(order.sellToken, sellToken),
        eq(order.buyToken, buyToken),
        sql`status = 'open'`,
        gt(order.expiry, timestamp),
        or(eq(order.isPrivate, false), isForTaker),
        or(eq(order.isReleased, false), lt(order.releaseStart, timestamp)),
      ),
    )
    .orderBy(asc(order.price), asc(order.priority))
    .limit(MOST_CANDIDATES);
  return routeSweep({ ...query, orders: rows.map(toBookOrder) });
}
