import { lendPosition } from "ponder:schema";
import type { Address } from "viem";

import type { Context } from "../context.ts";
import { changeMarket } from "./market.ts";

interface Key {
  readonly pool: Address;
  readonly account: Address;
}

/** Adds to what an account has and owes in a pool, and counts it there as supplier or borrower. */
export async function changePosition(
  context: Context,
  { pool, account }: Key,
  change: { readonly shares?: bigint; readonly debtShares?: bigint },
  timestamp: bigint,
): Promise<void> {
  const { shares = 0n, debtShares = 0n } = change;
  const after = await context.db
    .insert(lendPosition)
    .values({ pool, account, shares, debtShares, isCollateral: false, updatedAt: timestamp })
    .onConflictDoUpdate((row) => ({
      shares: row.shares + shares,
      debtShares: row.debtShares + debtShares,
      updatedAt: timestamp,
    }));
  const suppliers = arrivals(after.shares, shares);
  const borrowers = arrivals(after.debtShares, debtShares);
  if (suppliers === 0 && borrowers === 0) return;
  await changeMarket(context, pool, (row) => ({
    suppliers: row.suppliers + suppliers,
    borrowers: row.borrowers + borrowers,
  }));
}

/** Sets whether an account's shares are collateral. */
export async function setCollateral(
  { db }: Context,
  { pool, account }: Key,
  isCollateral: boolean,
  timestamp: bigint,
): Promise<void> {
  await db
    .insert(lendPosition)
    .values({ pool, account, shares: 0n, debtShares: 0n, isCollateral, updatedAt: timestamp })
    .onConflictDoUpdate({ isCollateral, updatedAt: timestamp });
}

/** 1 when `change` began what is there after it, -1 when it ended it. */
function arrivals(after: bigint, change: bigint): number {
  if (change === 0n) return 0;
  if (after === change) return 1;
  return after === 0n ? -1 : 0;
}
