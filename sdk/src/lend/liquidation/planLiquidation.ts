import { PriceQuality } from "../../oracle/types.ts";
import { collateralOf } from "../account/collateralOf.ts";
import { liquidationHealth } from "../account/liquidationHealth.ts";
import { UNLIMITED, WAD } from "../constants.ts";
import type { LendPosition, LiquidationPlan } from "../types.ts";
import { type LiquidationSide, planOf } from "./planOf.ts";

export interface PlanLiquidationParameters {
  /** All positions of the borrower, and those of the two assets, even if they are empty. */
  readonly positions: readonly LendPosition[];
  readonly debtId: number;
  readonly collateralId: number;
  /** Most assets to repay; no bound unless said. */
  readonly maxRepay?: bigint | undefined;
  /** Seconds: the timestamp of the block that the liquidation runs in. */
  readonly timestamp: bigint;
}

/** Why an account cannot be liquidated, by the name of the contract's error. */
export type LiquidationRefusal =
  "UnknownId" | "PriceNotFresh" | "LiquidationTooEarly" | "AccountHealthy" | "NothingToLiquidate" | "LeavesDust";

export type PlannedLiquidation =
  | { readonly plan: LiquidationPlan; readonly refusal: undefined }
  | { readonly plan: undefined; readonly refusal: LiquidationRefusal };

/**
 * What the controller's `previewLiquidation` would answer, or the error that it would end with. Not looked at, as there:
 * the pools' grace after a pause, and whether the collateral's pool has the cash to pay out.
 */
export function planLiquidation(parameters: PlanLiquidationParameters): PlannedLiquidation {
  const { positions, debtId, collateralId, maxRepay = UNLIMITED, timestamp } = parameters;
  const debtPosition = positions.find(({ id }) => id === debtId);
  const collateralPosition = positions.find(({ id }) => id === collateralId);
  if (debtPosition === undefined || collateralPosition === undefined) return refused("UnknownId");

  // What does not count needs no price, unless it is what the liquidator takes.
  const counted = positions.filter(
    (position) =>
      position.debt !== 0n ||
      (collateralOf(position) !== 0n && position.thresholdBps !== 0n) ||
      position.id === collateralId,
  );
  for (const position of [...counted].sort((a, b) => a.id - b.id)) {
    const refusal = priceRefusal(position, timestamp);
    if (refusal !== undefined) return refused(refusal);
  }
  const { cover, debt: wholeDebt, health } = liquidationHealth(counted);
  if (health >= WAD) return refused("AccountHealthy");
  if (debtPosition.debt === 0n) return refused("NothingToLiquidate");

  const plan = planOf({
    debt: side(debtPosition, debtPosition.debt, debtPosition.quote.low),
    collateral: side(collateralPosition, collateralOf(collateralPosition), collateralPosition.quote.high),
    wholeDebt,
    cover,
    thresholdBps: collateralPosition.thresholdBps,
    closeFactorBps: debtPosition.closeFactorBps,
    strikes: positions.every((position) => position.id === collateralId || collateralOf(position) === 0n),
    maxRepay,
  });
  if (plan === undefined) return refused("LeavesDust");
  if (plan.repaid === 0n && !plan.strikesOff) return refused("NothingToLiquidate");
  return { plan, refusal: undefined };
}

function priceRefusal({ quote }: LendPosition, timestamp: bigint): LiquidationRefusal | undefined {
  if (quote.quality < PriceQuality.Pending || quote.low === 0n) return "PriceNotFresh";
  return timestamp < quote.liquidatableFrom ? "LiquidationTooEarly" : undefined;
}

function side({ decimals }: LendPosition, amount: bigint, price: bigint): LiquidationSide {
  return { amount, price, unit: 10n ** BigInt(decimals) };
}

function refused(refusal: LiquidationRefusal): PlannedLiquidation {
  return { plan: undefined, refusal };
}
