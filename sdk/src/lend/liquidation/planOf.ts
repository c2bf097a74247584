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
  /** Value of all collateral, 1e18 USD. */
  readonly wholeCollateral: bigint;
  /** The same, each times its threshold. */
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
  const { own, protocols } = bonusesDown(parameters);
  const repaid = least(mostRepaid(parameters, own + protocols), maxRepay);
  const base = divDown(valueOf(debt, repaid) * collateral.unit, collateral.price);
  const assets = divDown(base * (WAD + own), WAD);
  const protocolAssets = divDown(base * protocols, WAD);

  if (assets >= collateral.amount) {
    return {
      repaid: least(costUp(debt, collateral, WAD + own), repaid),
      assets: collateral.amount,
      protocolAssets: 0n,
      takesAll: true,
      strikesOff: strikes,
    };
  }
  if (assets + protocolAssets >= collateral.amount) {
    return { repaid, assets, protocolAssets: collateral.amount - assets, takesAll: true, strikesOff: strikes };
  }
  const plan = { repaid, assets, protocolAssets, takesAll: false, strikesOff: false };
  return repaid < debt.amount && leavesDust(parameters, plan) ? undefined : plan;
}

/**
 * The liquidator's 60 % of the bonus; and of the protocol's 40 % what the account's collateral has room for once all debts
 * and the liquidators' parts are paid from it.
 */
function bonusesDown({ thresholdBps, wholeCollateral, wholeDebt }: PlanOfParameters): {
  own: bigint;
  protocols: bigint;
} {
  const bonus = liquidationBonus(thresholdBps);
  const own = divDown(bonus * 6n, 10n);
  const room = minusOrZero(healthDown(wholeCollateral, wholeDebt), WAD + own);
  return { own, protocols: least(room, bonus - own) };
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
