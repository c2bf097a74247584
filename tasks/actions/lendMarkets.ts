import {
  getLendAssets,
  getPoolParameters,
  getPoolRates,
  getPoolTotals,
  getPriceQuote,
  type LendAsset,
  type PoolParameters,
  type PoolRates,
  type PoolTotals,
  PriceQuality,
  type PriceQuote,
  totalAssets,
  utilisationUp,
} from "@cxmpute/sdk";

import { act } from "../lib/act.ts";
import { openContext } from "../lib/context.ts";
import { formatBps, formatPercent, formatRounded, formatUsd } from "../lib/figures.ts";
import { poolsOf, requireLend, requireOracle, resolvePool } from "../lib/lend.ts";
import { printJson, printTable } from "../lib/print.ts";
import { qualityName } from "../lib/qualityName.ts";
import { TaskError } from "../lib/TaskError.ts";

interface MarketsArguments {
  deployment: string | undefined;
  json: boolean;
}

interface MarketReport extends LendAsset, PoolRates {
  symbol: string;
  /** Assets that all shares are worth. */
  supplied: bigint;
  borrowed: bigint;
  utilisation: bigint;
  price: PriceQuote;
  totals: PoolTotals;
  limits: PoolParameters;
}

/** Shows every pool. */
export default act(async (args: MarketsArguments, hre): Promise<MarketReport[]> => {
  const context = await openContext(hre, args);
  const { client } = context;
  const { controller } = requireLend(context);
  const { priceOracle } = requireOracle(context);
  const pools = poolsOf(context);
  const assets = await getLendAssets(client, { controller });
  const markets = await Promise.all(
    pools.map(async ({ address: pool, id, token }): Promise<MarketReport> => {
      const asset = assets[id];
      if (asset === undefined) throw new TaskError(`the controller lists no asset ${id}`);
      const [totals, rates, limits, price] = await Promise.all([
        getPoolTotals(client, { pool }),
        getPoolRates(client, { pool }),
        getPoolParameters(client, { pool }),
        getPriceQuote(client, { priceOracle, asset: token.address }),
      ]);
      return {
        symbol: token.symbol,
        ...asset,
        ...rates,
        supplied: totalAssets(totals),
        borrowed: totals.debt,
        utilisation: utilisationUp(totals.cash, totals.debt),
        price,
        totals,
        limits,
      };
    }),
  );

  if (args.json) {
    printJson(markets);
    return markets;
  }
  printTable(
    [
      "pool",
      "price USD",
      "quality",
      "supplied",
      "borrowed",
      "used",
      "supply earns",
      "borrow costs",
      "borrow to",
      "liquidated at",
      "caps",
    ],
    markets.map((market) => {
      const { token } = resolvePool(context, market.symbol);
      const isPriced = market.price.quality > PriceQuality.Halted;
      return [
        `u${market.symbol}`,
        isPriced ? formatUsd(market.price.low) : "none",
        qualityName(market.price.quality),
        formatRounded(market.supplied, token),
        formatRounded(market.borrowed, token),
        formatPercent(market.utilisation),
        formatPercent(market.supplyRate),
        formatPercent(market.borrowRate),
        formatBps(market.collateralFactorBps),
        formatBps(market.thresholdBps),
        `${market.limits.supplyCap} / ${market.limits.borrowCap}`,
      ];
    }),
  );
  return markets;
});
