import { collateralOf } from "../account/collateralOf.ts";
import type { LendPosition, LiquidationPlan } from "../types.ts";
import { type LiquidationProfit, liquidationProfit, type LiquidationProfitParameters } from "./liquidationProfit.ts";
import { planLiquidation, type PlanLiquidationParameters } from "./planLiquidation.ts";

export interface BestLiquidationParameters
  extends
    Pick<PlanLiquidationParameters, "positions" | "timestamp">,
    Pick<LiquidationProfitParameters, "flashFee" | "slippage" | "gasCost"> {
  /** Most assets to repay, by the debt's id; a debt that is not named has no bound. */
  readonly maxRepay?: ReadonlyMap<number, bigint> | undefined;
}

export interface BestLiquidation extends LiquidationProfit {
  readonly debtId: number;
  readonly collateralId: number;
  readonly plan: LiquidationPlan;
}

/**
 * The pair of debt and collateral whose liquidation earns most, be it less than nothing; undefined when none is possible.
 * Of several that earn the same, the one with the lowest ids.
 */
export function bestLiquidation(parameters: BestLiquidationParameters): BestLiquidation | undefined {
  let best: BestLiquidation | undefined;
  for (const debt of byId(parameters.positions).filter((position) => position.debt !== 0n)) {
    for (const collateral of byId(parameters.positions).filter((position) => collateralOf(position) !== 0n)) {
      const found = evaluate(parameters, debt, collateral);
      if (found !== undefined && (best === undefined || found.profit > best.profit)) best = found;
    }
  }
  return best;
}

function evaluate(
  parameters: BestLiquidationParameters,
  debt: LendPosition,
  collateral: LendPosition,
): BestLiquidation | undefined {
  const [debtId, collateralId] = [debt.id, collateral.id];
  const maxRepay = parameters.maxRepay?.get(debtId);
  const { plan } = planLiquidation({ ...parameters, debtId, collateralId, maxRepay });
  if (plan === undefined) return undefined;
  return { debtId, collateralId, plan, ...liquidationProfit({ ...parameters, plan, debt, collateral }) };
}

function byId(positions: readonly LendPosition[]): readonly LendPosition[] {
  return [...positions].sort((a, b) => a.id - b.id);
}
