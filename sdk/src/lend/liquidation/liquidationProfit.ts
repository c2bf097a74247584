import { MILLION } from "../../dex/constants.ts";
import { divDown } from "../../internal/division.ts";
import { valueDown } from "../account/valueDown.ts";
import { valueUp } from "../account/valueUp.ts";
import { flashFeeUp } from "../market/flashFeeUp.ts";
import type { LendPosition, LiquidationPlan } from "../types.ts";

type Priced = Pick<LendPosition, "quote" | "decimals">;

export interface LiquidationProfitParameters {
  readonly plan: Pick<LiquidationPlan, "repaid" | "assets">;
  /** Price and decimals of what is repaid. */
  readonly debt: Priced;
  /** Price and decimals of what is seized. */
  readonly collateral: Priced;
  /** Millionths of what is repaid, for a liquidator without capital; none unless said. */
  readonly flashFee?: bigint | undefined;
  /** Millionths that selling what is seized loses; none unless said. */
  readonly slippage?: bigint | undefined;
  /** Value of the gas, 1e18 USD; none unless said. */
  readonly gasCost?: bigint | undefined;
}

/** Values in 1e18 USD. */
export interface LiquidationProfit {
  readonly revenue: bigint;
  readonly cost: bigint;
  /** Negative when it costs more than it brings. */
  readonly profit: bigint;
}

/** What a liquidator earns, at the prices that count against it: seized at low and rounded down, paid at high and up. */
export function liquidationProfit(parameters: LiquidationProfitParameters): LiquidationProfit {
  const { plan, debt, collateral, flashFee = 0n, slippage = 0n, gasCost = 0n } = parameters;
  const sold = divDown(plan.assets * (MILLION - slippage), MILLION);
  const revenue = valueDown(sold, collateral.quote.low, collateral.decimals);
  const paid = plan.repaid + flashFeeUp(plan.repaid, flashFee);
  const cost = valueUp(paid, debt.quote.high, debt.decimals) + gasCost;
  return { revenue, cost, profit: revenue - cost };
}
