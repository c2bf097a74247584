import { WAD } from "@cxmpute/sdk";
import { lendAsset, lendMarket } from "ponder:schema";
import type { Address } from "viem";

import type { Context } from "../context.ts";
import { ensureToken } from "../token.ts";

/** Makes the rows of a pool that the controller has listed, as an empty pool is. */
export async function addListing(
  context: Context,
  { id, pool, asset, timestamp }: { id: number; pool: Address; asset: Address; timestamp: bigint },
): Promise<void> {
  await ensureToken(context, asset);
  await context.db.insert(lendAsset).values({
    id,
    pool,
    asset,
    collateralFactor: 0,
    threshold: 0,
    closeFactor: 0,
    isIsolated: false,
    isIsolationDebt: false,
    loweredAt: 0n,
    listedAt: timestamp,
  });
  await context.db.insert(lendMarket).values({
    pool,
    id,
    asset,
    cash: 0n,
    reserve: 0n,
    insurance: 0n,
    supplyShares: 0n,
    debtShares: 0n,
    debtIndex: WAD,
    updatedAt: timestamp,
    baseBps: 0,
    slope1Bps: 0,
    slope2Bps: 0,
    kinkBps: 0,
    reserveFactorBps: 0,
    supplyCap: 0n,
    borrowCap: 0n,
    flashFee: 0,
    pausedUntil: 0n,
    isRetired: false,
    suppliers: 0,
    borrowers: 0,
    interest: 0n,
    badDebt: 0n,
    swept: 0n,
    flashFees: 0n,
  });
}

/** The pool that the controller lists as number `id`. */
export async function poolOf({ db }: Context, id: bigint): Promise<Address> {
  const row = await db.find(lendAsset, { id: Number(id) });
  if (row === null) throw new Error(`Asset ${id} has an event, but was never listed`);
  return row.pool;
}

/** Whether a pool's events count: those before its listing are read then. */
export async function isListed({ db }: Context, pool: Address): Promise<boolean> {
  return (await db.find(lendMarket, { pool })) !== null;
}
