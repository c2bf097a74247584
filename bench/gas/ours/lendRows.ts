import type { Chain } from "../chain.ts";
import { LIQUIDATED } from "../lend/amounts.ts";
import { steadyClock } from "../lend/clock.ts";
import { type LenderRow, measureLender, measureRows, openLender, prepareLiquidation } from "../lend/measureLender.ts";
import { type Cost, measure } from "../measure.ts";
import { isolated, openMarket } from "../scenario.ts";
import { type Lending, deployLending } from "./lending.ts";
import { plainPricing, relayedPricing } from "./pricing.ts";

/** Lending at prices of one word each, as the peers have them. */
export async function measureLend(chain: Chain): Promise<Record<string, Cost>> {
  const market = await openMarket(chain, "SixDecimalToken");
  await steadyClock(chain);
  const lending = await deployLending(market, await plainPricing(market));
  await openLender(lending);
  return {
    ...prefixed("lend.", await measureLender(lending)),
    "lend.liquidateShares": await isolated(chain, () => measureShares(lending)),
  };
}

/** The rows that ask for prices, over the project's own oracle. */
export async function measureLendOverOracle(chain: Chain): Promise<Record<string, Cost>> {
  const market = await openMarket(chain, "SixDecimalToken");
  await steadyClock(chain);
  const lending = await deployLending(market, await relayedPricing(market));
  await openLender(lending);
  const { borrowFirst, borrow, liquidate } = await measureRows(lending, ["borrowFirst", "borrow", "liquidate"]);
  return {
    "lend.borrowFirstOracle": borrowFirst,
    "lend.borrowOracle": borrow,
    "lend.liquidateOracle": liquidate,
    "lend.liquidateSharesOracle": await isolated(chain, () => measureShares(lending)),
  };
}

async function measureShares(lending: Lending): Promise<Cost> {
  const { chain, maker, taker } = lending.market;
  await prepareLiquidation(lending);
  return measure(chain, lending.liquidateAs(taker.address, maker.address, LIQUIDATED, true));
}

function prefixed(prefix: string, rows: Record<LenderRow, Cost>): Record<string, Cost> {
  return Object.fromEntries(Object.entries(rows).map(([name, cost]) => [prefix + name, cost]));
}
