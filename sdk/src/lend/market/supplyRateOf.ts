import { divDown } from "../../internal/division.ts";
import { BPS } from "../constants.ts";
import type { LendMarket, PoolParameters } from "../types.ts";
import { borrowRateOf } from "./borrowRateOf.ts";
import { totalAssets } from "./totalAssets.ts";
import { totalDebtDown } from "./totalDebtDown.ts";

/** What supplying earns a year in a market, 1e18, rounded down. */
export function supplyRateOf(
  market: LendMarket,
  { model, reserveFactorBps }: Pick<PoolParameters, "model" | "reserveFactorBps">,
): bigint {
  const total = totalAssets(market);
  if (total === 0n) return 0n;
  const ofInterest = divDown(borrowRateOf(market, model) * (BPS - reserveFactorBps), BPS);
  return divDown(ofInterest * totalDebtDown(market), total);
}
