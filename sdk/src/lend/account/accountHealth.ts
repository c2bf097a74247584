import { divDown } from "../../internal/division.ts";
import { PriceQuality } from "../../oracle/types.ts";
import { BPS } from "../constants.ts";
import type { AccountHealth, LendPosition } from "../types.ts";
import { collateralOf } from "./collateralOf.ts";
import { healthDown } from "./healthDown.ts";
import { valueDown } from "./valueDown.ts";
import { valueUp } from "./valueUp.ts";

/** An account at the prices that count against it: collateral at low, debt at high; the controller's `healthOf`. */
export function accountHealth(positions: readonly LendPosition[]): AccountHealth {
  let [collateral, power, threshold, debt] = [0n, 0n, 0n, 0n];
  let quality: PriceQuality = PriceQuality.Fresh;
  for (const position of positions) {
    const has = collateralOf(position);
    if (has === 0n && position.debt === 0n) continue;
    const { quote, decimals } = position;
    if (quote.quality < quality) quality = quote.quality;
    const value = valueDown(has, quote.low, decimals);
    collateral += value;
    power += divDown(value * position.collateralFactorBps, BPS);
    threshold += divDown(value * position.thresholdBps, BPS);
    debt += valueUp(position.debt, quote.high, decimals);
  }
  return { collateral, power, threshold, debt, health: healthDown(threshold, debt), quality };
}
