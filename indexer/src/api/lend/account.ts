import {
  accountHealth,
  debtOfSharesUp,
  toAssetsDown,
  valueDown,
  valueUp,
  type AccountHealth,
  type LendPosition,
} from "@cxmpute/sdk";
import { and, eq, gt, or } from "ponder";
import { db } from "ponder:api";
import { lendPosition } from "ponder:schema";
import type { Address } from "viem";

import { readPrices, type Price } from "../oracle/prices.ts";
import { readMarkets, type Market } from "./markets.ts";

export interface Position {
  readonly market: Market;
  readonly shares: bigint;
  /** What the shares are worth, rounded down. */
  readonly assets: bigint;
  readonly isCollateral: boolean;
  readonly debtShares: bigint;
  /** Rounded up. */
  readonly debt: bigint;
  readonly price: Price | undefined;
  /** 1e18 USD: collateral at the lower price, debt at the higher. Null without a price. */
  readonly collateralValue: bigint | null;
  readonly debtValue: bigint | null;
}

/** What an account has and owes at a time, in all pools, and how it stands at the prices that count against it. */
export async function readLendAccount(address: Address, at: bigint) {
  const rows = await db
    .select()
    .from(lendPosition)
    .where(
      and(
        eq(lendPosition.account, address),
        or(gt(lendPosition.shares, 0n), gt(lendPosition.debtShares, 0n), eq(lendPosition.isCollateral, true)),
      ),
    );
  if (rows.length === 0) return { at, positions: [], ...accountHealth([]) };
  const markets = await readMarkets(at);
  const own = markets.filter(({ pool }) => rows.some((row) => row.pool === pool));
  const assets = [...new Set(own.map(({ asset }) => asset.address))];
  const prices = new Map((await readPrices(at, assets)).map((price) => [price.asset, price]));
  const positions = own.map((market) => {
    const row = rows.find(({ pool }) => pool === market.pool);
    if (row === undefined) throw new Error(`Pool ${market.pool} has lost its position`);
    return describe(market, row, prices.get(market.asset.address));
  });
  return { at, positions, ...healthOf(positions) };
}

function describe(market: Market, row: typeof lendPosition.$inferSelect, price: Price | undefined): Position {
  const assets = toAssetsDown(market, row.shares);
  const debt = debtOfSharesUp(market, row.debtShares);
  const decimals = market.asset.decimals ?? 0;
  return {
    market,
    shares: row.shares,
    assets,
    isCollateral: row.isCollateral,
    debtShares: row.debtShares,
    debt,
    price,
    collateralValue: price === undefined ? null : valueDown(row.isCollateral ? assets : 0n, price.low, decimals),
    debtValue: price === undefined ? null : valueUp(debt, price.high, decimals),
  };
}

/** Null in every figure where the price of something that counts is not known. */
function healthOf(positions: readonly Position[]): AccountHealth | Record<keyof AccountHealth, null> {
  const counted: LendPosition[] = [];
  for (const { market, assets, debt, isCollateral, price: quote } of positions) {
    if (debt === 0n && !(isCollateral && assets > 0n)) continue;
    if (quote === undefined) return UNKNOWN;
    counted.push({
      id: market.id,
      decimals: market.asset.decimals ?? 0,
      collateralFactorBps: BigInt(market.collateralFactor),
      thresholdBps: BigInt(market.threshold),
      closeFactorBps: BigInt(market.closeFactor),
      isolated: market.isIsolated,
      isolationDebt: market.isIsolationDebt,
      supplied: assets,
      isCollateral,
      debt,
      quote,
    });
  }
  return accountHealth(counted);
}

const UNKNOWN = { collateral: null, power: null, threshold: null, debt: null, health: null, quality: null } as const;
