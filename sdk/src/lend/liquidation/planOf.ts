import { divDown, divUp } from "../../internal/division.ts";
import { BPS, FULL_CLOSE_HEALTH, LIQUIDATION_DUST, TARGET_HEALTH, WAD } from "../constants.ts";
import { healthDown } from "../account/healthDown.ts";
import type { LiquidationPlan } from "../types.ts";
import { liquidationBonus } from "./liquidationBonus.ts";

/** One side of a liquidation. */
export interface LiquidationSide {
  /** What the account owes or has, in units. */
  readonly amount: bigint;
  /** 1e18 USD for a whole token: the one that favours the account. */
  readonly price: bigint;
  /** Units of a whole token. */
  readonly unit: bigint;
}

export interface PlanOfParameters {
  readonly debt: LiquidationSide;
  readonly collateral: LiquidationSide;
  /** Value of all debts, 1e18 USD. */
  readonly wholeDebt: bigint;
  /** Value of all collateral, each times its threshold, 1e18 USD. */
  readonly cover: bigint;
  /** Of the collateral that is seized. */
  readonly thresholdBps: bigint;
  /** Of the debt that is repaid. */
  readonly closeFactorBps: bigint;
  /** Whether taking all of this collateral leaves none elsewhere. */
  readonly strikes: boolean;
  /** Most assets to repay. */
  readonly maxRepay: bigint;
}

/** What repaying up to `maxRepay` comes to, unit for unit; undefined when it would leave dust. */
export function planOf(parameters: PlanOfParameters): LiquidationPlan | undefined {
  const { debt, collateral, strikes, maxRepay } = parameters;
  const bonus = liquidationBonus(parameters.thresholdBps);
  const repaid = least(mostRepaid(parameters, bonus), maxRepay);
  // 60 % of the bonus is the liquidator's.
  const own = WAD + divDown(bonus * 6n, 10n);
  const base = divDown(valueOf(debt, repaid) * collateral.unit, collateral.price);
  const all = divDown(base * (WAD + bonus), WAD);
  const assets = divDown(base * own, WAD);

  if (all < collateral.amount) {
    const plan = { repaid, assets, protocolAssets: all - assets, takesAll: false, strikesOff: false };
    return repaid < debt.amount && leavesDust(parameters, plan) ? undefined : plan;
  }
  if (assets < collateral.amount) {
    // Too little for the whole bonus: the protocol's part gives way first.
    return { repaid, assets, protocolAssets: collateral.amount - assets, takesAll: true, strikesOff: strikes };
  }
  return {
    repaid: least(costUp(debt, collateral, own), repaid),
    assets: collateral.amount,
    protocolAssets: 0n,
    takesAll: true,
    strikesOff: strikes,
  };
}

/** The most of the debt that may be repaid. */
function mostRepaid(parameters: PlanOfParameters, bonus: bigint): bigint {
  const { debt, collateral, wholeDebt, cover, thresholdBps, closeFactorBps } = parameters;
  if (healthDown(cover, wholeDebt) < FULL_CLOSE_HEALTH) return debt.amount;
  const missing = minusOrZero(divUp(wholeDebt * TARGET_HEALTH, WAD), cover);
  const gain = TARGET_HEALTH - divUp((WAD + bonus) * thresholdBps, BPS);
  const most = least(
    divUp(divUp(missing * WAD, gain) * debt.unit, debt.price),
    divUp(debt.amount * closeFactorBps, BPS),
  );

  // What would be left is not worth anybody's gas: all may go.
  if (valueOf(debt, debt.amount - most) < LIQUIDATION_DUST) return debt.amount;
  const base = divDown(valueOf(debt, most) * collateral.unit, collateral.price);
  const taken = divDown(base * (WAD + bonus), WAD);
  return valueOf(collateral, minusOrZero(collateral.amount, taken)) < LIQUIDATION_DUST ? debt.amount : most;
}

/** What all of the collateral costs with the liquidator's part of the bonus, in units of the debt, rounded up. */
function costUp(debt: LiquidationSide, collateral: LiquidationSide, own: bigint): bigint {
  const value = divUp(divUp(collateral.amount * collateral.price, collateral.unit) * WAD, own);
  return divUp(value * debt.unit, debt.price);
}

function leavesDust({ debt, collateral }: PlanOfParameters, plan: LiquidationPlan): boolean {
  const debtLeft = valueOf(debt, debt.amount - plan.repaid);
  const collateralLeft = valueOf(collateral, collateral.amount - plan.assets - plan.protocolAssets);
  return debtLeft < LIQUIDATION_DUST || collateralLeft < LIQUIDATION_DUST;
}

/** Rounded down. */
function valueOf({ price, unit }: LiquidationSide, amount: bigint): bigint {
  return divDown(amount * price, unit);
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function minusOrZero(value: bigint, less: bigint): bigint {
  return value > less ? value - less : 0n;
}
