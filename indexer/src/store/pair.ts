import { pair } from "ponder:schema";
import type { Address } from "viem";

import { pairOf } from "../lib/pair.ts";
import type { Context } from "./context.ts";
import { ensureToken } from "./token.ts";

type Row = typeof pair.$inferSelect;

/** Counts a new order. The pair's row, and those of its tokens, are made at its first. */
export async function addOrderToPair(
  context: Context,
  tokens: { readonly sellToken: Address; readonly buyToken: Address },
  block: { readonly number: bigint; readonly timestamp: bigint },
): Promise<string> {
  const { id, token0, token1 } = pairOf(tokens.sellToken, tokens.buyToken);
  const row = await context.db
    .insert(pair)
    .values({
      id,
      token0,
      token1,
      orderCount: 1,
      openOrders: 1,
      fillCount: 0,
      volume0: 0n,
      volume1: 0n,
      lastAmount0: 0n,
      lastAmount1: 0n,
      createdAt: block.timestamp,
      revision: 1,
      revisionBlock: block.number,
    })
    .onConflictDoUpdate((row) => ({
      orderCount: row.orderCount + 1,
      openOrders: row.openOrders + 1,
      revision: row.revision + 1,
      revisionBlock: block.number,
    }));
  if (row.orderCount === 1) {
    await ensureToken(context, token0);
    await ensureToken(context, token1);
  }
  return id;
}

/** Tells subscribers that the pair's book changed in a block, with what else changed. */
export async function touchPair(
  { db }: Context,
  id: string,
  block: { readonly number: bigint },
  change: (row: Row) => Partial<Omit<Row, "id">> = () => ({}),
): Promise<void> {
  await db.update(pair, { id }).set((row) => ({
    ...change(row),
    revision: row.revision + 1,
    revisionBlock: block.number,
  }));
}
