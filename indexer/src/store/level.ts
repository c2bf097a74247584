import { level, type order } from "ponder:schema";

import type { Context } from "./context.ts";

type Order = typeof order.$inferSelect;

/** Whether the order counts in its price's level. Private and time-released orders are looked at one by one. */
export function isInLevel(row: Pick<Order, "status" | "isPrivate" | "isReleased">): boolean {
  return row.status === "open" && !row.isPrivate && !row.isReleased;
}

/** Adds an amount and a number of orders, either may be negative, to the level of an order's price. */
export async function changeLevel(
  { db }: Context,
  row: Pick<Order, "sellToken" | "buyToken" | "price">,
  amount: bigint,
  orderCount: number,
): Promise<void> {
  await db
    .insert(level)
    .values({ sellToken: row.sellToken, buyToken: row.buyToken, price: row.price, amount, orderCount })
    .onConflictDoUpdate((existing) => ({
      amount: existing.amount + amount,
      orderCount: existing.orderCount + orderCount,
    }));
}
