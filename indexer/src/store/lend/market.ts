import { borrowRateOf, reserveAfter, supplyRateOf, totalDebtDown, utilisationUp } from "@cxmpute/sdk";
import { lendAccrual, lendMarket } from "ponder:schema";
import type { Address } from "viem";

import { parametersOf } from "../../lib/lend/parametersOf.ts";
import type { Context } from "../context.ts";
import type { Place } from "./place.ts";

type Row = typeof lendMarket.$inferSelect;
type Change = (row: Row) => Partial<Omit<Row, "pool">>;

/** Changes a pool's row. */
export async function changeMarket({ db }: Context, pool: Address, change: Change): Promise<void> {
  await db.update(lendMarket, { pool }).set(change);
}

/**
 * Changes the totals of a pool, which stores them with interest up to now. When that moves the index it says so first;
 * where it did not, time has passed and nothing grew.
 */
export function changeTotals(
  context: Context,
  { pool, timestamp }: Pick<Place, "pool" | "timestamp">,
  change: Change,
): Promise<void> {
  return changeMarket(context, pool, (row) => ({ ...change(row), updatedAt: timestamp }));
}

/** Writes interest: the new index, the reserve's part of it, and the rates that held since the last time. */
export async function accrue({ db }: Context, place: Place, debtIndex: bigint): Promise<void> {
  const { pool, timestamp } = place;
  const row = await db.find(lendMarket, { pool });
  if (row === null) throw new Error(`Pool ${pool} has an event, but was never listed`);
  const parameters = parametersOf(row);
  const debt = totalDebtDown(row);
  const interest = totalDebtDown({ ...row, debtIndex }) - debt;
  const reserve = reserveAfter(row, parameters.reserveFactorBps, debtIndex);
  await db.insert(lendAccrual).values({
    seq: place.seq,
    pool,
    from: row.updatedAt,
    to: timestamp,
    utilisation: utilisationUp(row.cash, debt),
    borrowRate: borrowRateOf(row, parameters.model),
    supplyRate: supplyRateOf(row, parameters),
    interest,
    toReserve: reserve - row.reserve,
    debtIndex,
    tx: place.tx,
  });
  await db
    .update(lendMarket, { pool })
    .set({ debtIndex, reserve, updatedAt: timestamp, interest: row.interest + interest });
}
