import type { LendMarket, RateModel } from "../types.ts";
import { borrowRateAt } from "./borrowRateAt.ts";
import { totalDebtDown } from "./totalDebtDown.ts";
import { utilisationUp } from "./utilisationUp.ts";

/** What borrowing costs a year in a market, 1e18. */
export function borrowRateOf(market: LendMarket, model: RateModel): bigint {
  return borrowRateAt(model, utilisationUp(market.cash, totalDebtDown(market)));
}
