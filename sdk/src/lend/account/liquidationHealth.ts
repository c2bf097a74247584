import { divDown } from "../../internal/division.ts";
import { PriceQuality } from "../../oracle/types.ts";
import { BPS, UNLIMITED } from "../constants.ts";
import type { LendPosition } from "../types.ts";
import { collateralOf } from "./collateralOf.ts";
import { healthDown } from "./healthDown.ts";
import { valueDown } from "./valueDown.ts";
import { valueUp } from "./valueUp.ts";

/** An account as a liquidation sees it. Values in 1e18 USD. */
export interface LiquidationHealth {
  /** Value of all collateral. */
  readonly collateral: bigint;
  /** The same, each times its threshold. */
  readonly cover: bigint;
  readonly debt: bigint;
  /** Below 1e18 the account can be liquidated. */
  readonly health: bigint;
}

/**
 * An account at the prices that favour it: collateral at high, debt at low. Collateral that it does not owe counts twice for
 * its health while it has no price that a liquidation may rely on: at `lastPrice` where that is known.
 * @param timestamp seconds, for prices that wait for the end of a grace; none does unless said
 */
export function liquidationHealth(
  positions: readonly LendPosition[],
  timestamp: bigint = UNLIMITED,
): LiquidationHealth {
  let [collateral, cover, debt] = [0n, 0n, 0n];
  for (const position of positions) {
    const { price, times } = priceInFavour(position, timestamp);
    const value = valueDown(collateralOf(position), price, position.decimals);
    collateral += value;
    cover += divDown(value * times * position.thresholdBps, BPS);
    debt += valueUp(position.debt, position.quote.low, position.decimals);
  }
  return { collateral, cover, debt, health: healthDown(cover, debt) };
}

/** What a position's collateral counts at, and how often. */
function priceInFavour(
  { quote, debt, lastPrice = 0n }: LendPosition,
  timestamp: bigint,
): { readonly price: bigint; readonly times: bigint } {
  // What is owed has to have a price of its own.
  if (debt !== 0n) return { price: quote.high, times: 1n };
  const hasPrice = quote.quality >= PriceQuality.Pending && quote.low !== 0n;
  if (hasPrice) return { price: quote.high, times: timestamp < quote.liquidatableFrom ? 2n : 1n };
  // Where nothing is known nobody liquidates: what the quote says is as good as anything.
  return lastPrice === 0n ? { price: quote.high, times: 1n } : { price: lastPrice, times: 2n };
}
