import { and, eq, gt, or } from "ponder";
import { db } from "ponder:api";
import { lendPosition } from "ponder:schema";
import type { Address } from "viem";

import { BPS, debtUp, mulDivDown, mulDivUp, toAssetsDown, WAD } from "../../lib/lend/math.ts";
import { QUALITIES, readPrices, type Price, type Quality } from "../oracle/prices.ts";
import { readMarkets, type Market } from "./markets.ts";

const NO_DEBT = 2n ** 256n - 1n;

export interface Position {
  readonly market: Market;
  readonly shares: bigint;
  /** What the shares are worth, rounded down. */
  readonly assets: bigint;
  readonly isCollateral: boolean;
  readonly debtShares: bigint;
  /** Rounded up. */
  readonly debt: bigint;
  /** 1e18 USD: collateral at the lower price, debt at the higher. Null without a price. */
  readonly collateralValue: bigint | null;
  readonly debtValue: bigint | null;
}

export interface Health {
  readonly collateral: bigint;
  readonly power: bigint;
  readonly threshold: bigint;
  readonly debt: bigint;
  readonly health: bigint;
  readonly quality: Quality;
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
  if (rows.length === 0) return { at, positions: [], ...healthOf([]) };
  const markets = await readMarkets(at);
  const own = markets.filter(({ pool }) => rows.some((row) => row.pool === pool));
  const assets = [...new Set(own.map(({ asset }) => asset.address))];
  const prices = new Map((await readPrices(at, assets)).map((price) => [price.asset, price]));
  const positions = own.map((market) => {
    const row = rows.find(({ pool }) => pool === market.pool);
    if (row === undefined) throw new Error(`Pool ${market.pool} has lost its position`);
    return describe(market, row, prices.get(market.asset.address));
  });
  return { at, positions: positions.map(({ position }) => position), ...healthOf(positions) };
}

interface Valued {
  readonly position: Position;
  readonly price: Price | undefined;
}

function describe(market: Market, row: typeof lendPosition.$inferSelect, price: Price | undefined): Valued {
  const assets = toAssetsDown(market, row.shares);
  const debt = debtUp(market, row.debtShares);
  const unit = 10n ** BigInt(market.asset.decimals ?? 0);
  return {
    price,
    position: {
      market,
      shares: row.shares,
      assets,
      isCollateral: row.isCollateral,
      debtShares: row.debtShares,
      debt,
      collateralValue: price === undefined ? null : mulDivDown(row.isCollateral ? assets : 0n, price.low, unit),
      debtValue: price === undefined ? null : mulDivUp(debt, price.high, unit),
    },
  };
}

/** Null in every figure where the price of something that counts is not known. */
function healthOf(valued: readonly Valued[]): Health | Record<keyof Health, null> {
  let quality = QUALITIES.length - 1;
  let [collateral, power, threshold, debt] = [0n, 0n, 0n, 0n];
  for (const { position, price } of valued) {
    const counts = position.debt > 0n || (position.isCollateral && position.assets > 0n);
    if (!counts) continue;
    const { collateralValue, debtValue, market } = position;
    if (price === undefined || collateralValue === null || debtValue === null) return UNKNOWN;
    quality = Math.min(quality, QUALITIES.indexOf(price.quality));
    collateral += collateralValue;
    power += mulDivDown(collateralValue, BigInt(market.collateralFactor), BPS);
    threshold += mulDivDown(collateralValue, BigInt(market.threshold), BPS);
    debt += debtValue;
  }
  const health = debt === 0n ? NO_DEBT : mulDivDown(threshold, WAD, debt);
  return { collateral, power, threshold, debt, health, quality: QUALITIES[quality] ?? "Halted" };
}

const UNKNOWN = { collateral: null, power: null, threshold: null, debt: null, health: null, quality: null } as const;
