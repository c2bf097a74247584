import { asc, eq, inArray } from "ponder";
import { db } from "ponder:api";
import { lendAsset, lendMarket, token } from "ponder:schema";
import type { Address } from "viem";

import {
  accrued,
  bonusDown,
  borrowRate,
  debtDown,
  supplyRate,
  totalAssets,
  utilisationUp,
} from "../../lib/lend/math.ts";

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
  const now = accrued(row, at);
  const debt = debtDown(now);
  return {
    ...parameters,
    ...now,
    asset,
    at,
    debt,
    totalAssets: totalAssets(now),
    utilisation: utilisationUp(now.cash, debt),
    borrowRate: borrowRate(now),
    supplyRate: supplyRate(now),
    reserveFactor: row.reserveFactorBps,
    bonus: bonusDown(parameters.threshold),
    rateModel: { base: row.baseBps, slope1: row.slope1Bps, slope2: row.slope2Bps, kink: row.kinkBps },
  };
}
