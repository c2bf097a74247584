import { divDown } from "../../internal/division.ts";
import { PriceQuality, type PriceQuote } from "../../oracle/types.ts";
import { collateralOf } from "../account/collateralOf.ts";
import { healthDown } from "../account/healthDown.ts";
import { valueDown } from "../account/valueDown.ts";
import { valueUp } from "../account/valueUp.ts";
import { BPS, UNLIMITED, WAD } from "../constants.ts";
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

  let [wholeDebt, wholeCollateral, cover, leastThresholdBps] = [0n, 0n, 0n, BPS];
  for (const position of [...positions].sort((a, b) => a.id - b.id)) {
    const counted = countOf(position, position.id === collateralId, timestamp);
    if (typeof counted === "string") return refused(counted);
    wholeDebt += counted.debt;
    cover += counted.cover;
    if (collateralOf(position) === 0n || !counted.counts) continue;
    wholeCollateral += counted.value;
    if (position.thresholdBps < leastThresholdBps) leastThresholdBps = position.thresholdBps;
  }
  if (healthDown(cover, wholeDebt) >= WAD) return refused("AccountHealthy");
  if (debtPosition.debt === 0n) return refused("NothingToLiquidate");

  const plan = planOf({
    debt: side(debtPosition, debtPosition.debt, debtPosition.quote.low),
    collateral: side(collateralPosition, collateralOf(collateralPosition), collateralPosition.quote.high),
    wholeDebt,
    wholeCollateral,
    cover,
    thresholdBps: collateralPosition.thresholdBps,
    leastThresholdBps,
    closeFactorBps: debtPosition.closeFactorBps,
    strikes: positions.every((position) => position.id === collateralId || collateralOf(position) === 0n),
    maxRepay,
  });
  if (plan === undefined) return refused("LeavesDust");
  if (plan.repaid === 0n && !plan.strikesOff) return refused("NothingToLiquidate");
  return { plan, refusal: undefined };
}

/** What one position adds to the account, at the prices that favour it. Values in 1e18 USD. */
interface Counted {
  readonly debt: bigint;
  readonly value: bigint;
  /** What the value counts for in health. */
  readonly cover: bigint;
  /** Whether the collateral counts at all. */
  readonly counts: boolean;
}

/**
 * Debts, and the collateral that is seized, need a price that is good for liquidations. Other collateral counts twice
 * without one, at the last price known where there is none now.
 */
function countOf(position: LendPosition, isTaken: boolean, timestamp: bigint): Counted | LiquidationRefusal {
  const { quote, lastPrice = 0n, thresholdBps, decimals } = position;
  const has = collateralOf(position);
  const worth = (price: bigint, times: bigint): Omit<Counted, "debt"> => {
    const value = valueDown(has, price, decimals);
    return {
      value,
      cover: divDown(value * times * thresholdBps, BPS),
      counts: isTaken || position.debt !== 0n || thresholdBps !== 0n,
    };
  };
  if (position.debt !== 0n || isTaken) {
    const refusal = priceRefusal(quote, timestamp);
    return refusal ?? { debt: valueUp(position.debt, quote.low, decimals), ...worth(quote.high, 1n) };
  }
  // What does not count needs no price.
  if (has === 0n || thresholdBps === 0n) return { debt: 0n, ...worth(0n, 1n) };
  const refusal = priceRefusal(quote, timestamp);
  const price = refusal === "PriceNotFresh" ? lastPrice : quote.high;
  if (price === 0n) return "PriceNotFresh";
  return { debt: 0n, ...worth(price, refusal === undefined ? 1n : 2n) };
}

function priceRefusal(quote: PriceQuote, timestamp: bigint): LiquidationRefusal | undefined {
  if (quote.quality < PriceQuality.Pending || quote.low === 0n) return "PriceNotFresh";
  return timestamp < quote.liquidatableFrom ? "LiquidationTooEarly" : undefined;
}

function side({ decimals }: LendPosition, amount: bigint, price: bigint): LiquidationSide {
  return { amount, price, unit: 10n ** BigInt(decimals) };
}

function refused(refusal: LiquidationRefusal): PlannedLiquidation {
  return { plan: undefined, refusal };
}
