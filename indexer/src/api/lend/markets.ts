import {
  accrueMarket,
  borrowRateOf,
  liquidationBonus,
  supplyRateOf,
  totalAssets,
  totalDebtDown,
  utilisationUp,
} from "@cxmpute/sdk";
import { asc, eq, inArray } from "ponder";
import { db } from "ponder:api";
import { lendAsset, lendMarket, token } from "ponder:schema";
import type { Address } from "viem";

import { parametersOf } from "../../lib/lend/parametersOf.ts";

export type MarketRow = typeof lendMarket.$inferSelect;
type AssetRow = typeof lendAsset.$inferSelect;

export interface MarketQuery {
  readonly pool?: Address | undefined;
  readonly asset?: Address | undefined;
}

/** Listed pools with interest up to a time, in the order of their numbers. */
export async function readMarkets(at: bigint, { pool, asset }: MarketQuery = {}) {
  const rows = await db
    .select()
    .from(lendMarket)
    .innerJoin(lendAsset, eq(lendMarket.id, lendAsset.id))
    .where(
      pool !== undefined ? eq(lendMarket.pool, pool) : asset !== undefined ? eq(lendMarket.asset, asset) : undefined,
    )
    .orderBy(asc(lendMarket.id));
  const assets = rows.map((row) => row.lend_markets.asset);
  const tokens = assets.length === 0 ? [] : await db.select().from(token).where(inArray(token.address, assets));
  return rows.map((row) => {
    const found = tokens.find(({ address }) => address === row.lend_markets.asset);
    if (found === undefined) throw new Error(`Pool ${row.lend_markets.pool} has an asset without a row`);
    return describe(row.lend_markets, row.lend_assets, found, at);
  });
}

export type Market = Awaited<ReturnType<typeof readMarkets>>[number];

function describe(row: MarketRow, parameters: AssetRow, asset: typeof token.$inferSelect, at: bigint) {
  const pool = parametersOf(row);
  const timestamp = at > row.updatedAt ? at : row.updatedAt;
  const now = accrueMarket({ market: row, parameters: pool, timestamp });
  const debt = totalDebtDown(now);
  return {
    ...parameters,
    ...row,
    ...now,
    asset,
    at,
    debt,
    totalAssets: totalAssets(now),
    utilisation: utilisationUp(now.cash, debt),
    borrowRate: borrowRateOf(now, pool.model),
    supplyRate: supplyRateOf(now, pool),
    reserveFactor: row.reserveFactorBps,
    bonus: liquidationBonus(BigInt(parameters.threshold)),
    rateModel: { base: row.baseBps, slope1: row.slope1Bps, slope2: row.slope2Bps, kink: row.kinkBps },
  };
}
