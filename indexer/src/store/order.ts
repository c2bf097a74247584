import { order } from "ponder:schema";

import { seqOf } from "../lib/seq.ts";
import { changeAccount } from "./account.ts";
import { noteRefund } from "./credit.ts";
import type { Context } from "./context.ts";
import { changeLevel, isInLevel } from "./level.ts";
import { touchPair } from "./pair.ts";

/** What reducers read of an order. */
type Order = Pick<
  typeof order.$inferSelect,
  | "id"
  | "pairId"
  | "owner"
  | "status"
  | "sellToken"
  | "buyToken"
  | "price"
  | "remaining"
  | "isPrivate"
  | "isReleased"
  | "releaseInitial"
  | "sold"
  | "paid"
  | "fees"
  | "fillCount"
  | "priority"
>;

/** What a reducer asks of a block. */
interface Block {
  readonly number: bigint;
  readonly timestamp: bigint;
}

/** Changes an order by what it was, and returns what it was. Throws when it was never created. */
export async function changeOrder(
  { db }: Context,
  id: bigint,
  change: (before: Order) => Partial<Omit<typeof order.$inferSelect, "id">>,
): Promise<Order> {
  const seen: { before?: Order } = {};
  await db.update(order, { id }).set((row) => {
    seen.before = copyOf(row);
    return change(seen.before);
  });
  if (seen.before === undefined) throw new Error(`Order ${id} has an event, but was never created`);
  return seen.before;
}

/**
 * A row of the store changes with what is written later, hence a copy; and each column is named, because spreading such
 * a row takes as long as all else in a reducer.
 */
function copyOf(row: Order): Order {
  return {
    id: row.id,
    pairId: row.pairId,
    owner: row.owner,
    status: row.status,
    sellToken: row.sellToken,
    buyToken: row.buyToken,
    price: row.price,
    remaining: row.remaining,
    isPrivate: row.isPrivate,
    isReleased: row.isReleased,
    releaseInitial: row.releaseInitial,
    sold: row.sold,
    paid: row.paid,
    fees: row.fees,
    fillCount: row.fillCount,
    priority: row.priority,
  };
}

/** Ends an order whose token was burned, unless a fill had emptied it: what remained went back to its owner. */
export async function cancelOrder(
  context: Context,
  id: bigint,
  { block, log }: { readonly block: Block; readonly log: { readonly logIndex: number } },
): Promise<void> {
  const found = await context.db.find(order, { id });
  if (found?.remaining === 0n) return;

  const row = await changeOrder(context, id, ({ remaining }) => ({
    status: "cancelled",
    remaining: 0n,
    refund: remaining,
    updatedAt: block.timestamp,
  }));
  await changeAccount(context, row.owner, { balance: -1 });
  if (isInLevel(row)) await changeLevel(context, row, -row.remaining, -1);
  await noteRefund(context, seqOf(block.number, log.logIndex));
  if (row.status === "open") {
    await touchPair(context, row.pairId, block, (pair) => ({ openOrders: pair.openOrders - 1 }));
  }
}

/** Takes an open order out of the book, while its token stays. */
export async function closeOrder(
  context: Context,
  row: Order,
  status: "expired" | "dead",
  block: Block,
): Promise<void> {
  await context.db.update(order, { id: row.id }).set({ status, updatedAt: block.timestamp });
  if (isInLevel(row)) await changeLevel(context, row, -row.remaining, -1);
  await touchPair(context, row.pairId, block, (pair) => ({ openOrders: pair.openOrders - 1 }));
}
