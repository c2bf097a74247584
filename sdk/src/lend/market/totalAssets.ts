import type { LendMarket } from "../types.ts";
import { totalDebtDown } from "./totalDebtDown.ts";

/** What all supply shares together are worth: cash and debt, less the reserve. */
export function totalAssets(market: LendMarket): bigint {
  return market.cash + totalDebtDown(market) - market.reserve;
}
