import { and, asc, lte, sql } from "ponder";
import { ponder } from "ponder:registry";
import { order } from "ponder:schema";

import { closeOrder } from "./store/order.ts";

/** A block that finds more leaves them to the next; readers leave them out by themselves. */
const MOST_PER_BLOCK = 1_000;

ponder.on("Clock:block", async ({ event, context }) => {
  const { timestamp } = event.block;
  const expired = await context.db.sql
    .select()
    .from(order)
    .where(and(sql`status = 'open'`, lte(order.expiry, timestamp)))
    .orderBy(asc(order.expiry), asc(order.id))
    .limit(MOST_PER_BLOCK);
  for (const row of expired) await closeOrder(context, row, "expired", event.block);
});
