import { account } from "ponder:schema";
import type { Address } from "viem";

import type { Context } from "./context.ts";

/** Adds to what an account holds and has made. */
export async function changeAccount(
  { db }: Context,
  address: Address,
  change: { readonly balance: number; readonly orderCount?: number },
): Promise<void> {
  const made = change.orderCount ?? 0;
  await db
    .insert(account)
    .values({ address, balance: change.balance, orderCount: made, epoch: 0n })
    .onConflictDoUpdate((row) => ({ balance: row.balance + change.balance, orderCount: row.orderCount + made }));
}
