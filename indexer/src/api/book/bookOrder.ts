import type { BookOrder } from "@cxmpute/sdk";
import type { order } from "ponder:schema";

export type OrderRow = typeof order.$inferSelect;

/** An order's row as the SDK's maths takes it. */
export function toBookOrder(row: OrderRow): BookOrder {
  return {
    id: row.id,
    sellToken: row.sellToken,
    buyToken: row.buyToken,
    remaining: row.remaining,
    price: row.price,
    terms: row.terms,
    privateTaker: row.privateTaker ?? undefined,
    releaseStart: row.releaseStart === null ? undefined : Number(row.releaseStart),
    releaseEnd: row.releaseEnd === null ? undefined : Number(row.releaseEnd),
    initial: row.releaseInitial ?? undefined,
    cancelled: row.status === "dead",
    sequence: row.priority,
  };
}
