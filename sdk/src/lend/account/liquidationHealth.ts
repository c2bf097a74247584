import { divDown } from "../../internal/division.ts";
import { BPS } from "../constants.ts";
import type { LendPosition } from "../types.ts";
import { collateralOf } from "./collateralOf.ts";
import { healthDown } from "./healthDown.ts";
import { valueDown } from "./valueDown.ts";
import { valueUp } from "./valueUp.ts";

/** An account as a liquidation sees it. Values in 1e18 USD. */
export interface LiquidationHealth {
  /** Value of all collateral, each times its threshold. */
  readonly cover: bigint;
  readonly debt: bigint;
  /** Below 1e18 the account can be liquidated. */
  readonly health: bigint;
}

/** An account at the prices that favour it: collateral at high, debt at low. */
export function liquidationHealth(positions: readonly LendPosition[]): LiquidationHealth {
  let [cover, debt] = [0n, 0n];
  for (const position of positions) {
    const value = valueDown(collateralOf(position), position.quote.high, position.decimals);
    cover += divDown(value * position.thresholdBps, BPS);
    debt += valueUp(position.debt, position.quote.low, position.decimals);
  }
  return { cover, debt, health: healthDown(cover, debt) };
}
