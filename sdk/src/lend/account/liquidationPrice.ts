import { divDown, divUp } from "../../internal/division.ts";
import { BPS } from "../constants.ts";
import type { LendPosition } from "../types.ts";
import { collateralOf } from "./collateralOf.ts";
import { liquidationHealth } from "./liquidationHealth.ts";
import { positionOf } from "./positionOf.ts";

/** At which prices of one asset an account can be liquidated, all others as they are. */
export interface LiquidationPrice {
  /** 1e18 USD for a whole token. */
  readonly price: bigint;
  /** "below": at `price` and below it. "above": at `price` and above it. */
  readonly side: "below" | "above";
}

/**
 * The price of asset `id` from which on the account can be liquidated; undefined when no price of it does that. Exact,
 * but for an asset in which the account has collateral and debt at once: there the price is on the safe side by the
 * rounding of both, less than 4e-18 USD of value.
 * @param timestamp seconds, for other prices that wait for the end of a grace; none does unless said
 */
export function liquidationPrice(
  positions: readonly LendPosition[],
  id: number,
  timestamp?: bigint,
): LiquidationPrice | undefined {
  const position = positionOf(positions, id);
  const others = liquidationHealth(
    positions.filter((other) => other.id !== id),
    timestamp,
  );
  const unit = 10n ** BigInt(position.decimals);
  const has = position.thresholdBps === 0n ? 0n : collateralOf(position);
  // By how much the other debts are not covered by the other collateral.
  const missing = others.debt - others.cover;
  if (has !== 0n && position.debt === 0n) return ofCollateral(missing, has, position.thresholdBps, unit);
  if (has === 0n && position.debt !== 0n) return ofDebt(missing, position.debt, unit);
  return has === 0n ? undefined : ofBoth(missing, position, has, unit);
}

/** The highest price at which the collateral's part, rounded down twice, is below what is missing. */
function ofCollateral(missing: bigint, has: bigint, threshold: bigint, unit: bigint): LiquidationPrice | undefined {
  if (missing <= 0n) return undefined;
  const value = divUp(missing * BPS, threshold) - 1n;
  return { price: divUp((value + 1n) * unit, has) - 1n, side: "below" };
}

/** The lowest price at which the debt, rounded up, is above what the rest leaves for it. */
function ofDebt(missing: bigint, debt: bigint, unit: bigint): LiquidationPrice {
  if (missing > 0n) return { price: 0n, side: "above" };
  return { price: divDown(-missing * unit, debt) + 1n, side: "above" };
}

/** What the roundings of one asset's collateral and debt can come to, in value. */
const ROUNDING = 3n;

function ofBoth(missing: bigint, position: LendPosition, has: bigint, unit: bigint): LiquidationPrice | undefined {
  // In basis points of a unit: by how much the cover grows faster than the debt when the price rises.
  const slope = has * position.thresholdBps - position.debt * BPS;
  const careful = (missing + ROUNDING) * BPS * unit;
  if (slope > 0n) return missing + ROUNDING <= 0n ? undefined : { price: divUp(careful, slope), side: "below" };
  if (missing + ROUNDING > 0n) return { price: 0n, side: "above" };
  return slope === 0n ? undefined : { price: divDown(-careful, -slope) + 1n, side: "above" };
}
