import { isUsable } from "../../oracle/isUsable.ts";
import type { LendPosition } from "../types.ts";
import { collateralOf } from "./collateralOf.ts";
import { valueDown } from "./valueDown.ts";
import { valueUp } from "./valueUp.ts";

/** What the controller asks when risk grows: covered while `power` ≥ `owed` × 10,000. */
export interface Coverage {
  /** Sum of value × collateral factor, in 1e18 USD × basis points. */
  readonly power: bigint;
  /** In 1e18 USD. */
  readonly owed: bigint;
}

/** The coverage of an account; undefined while a price that counts is not good enough for more risk. */
export function coverage(positions: readonly LendPosition[]): Coverage | undefined {
  let [power, owed] = [0n, 0n];
  for (const position of positions) {
    const { quote, decimals, debt, collateralFactorBps } = position;
    const has = collateralFactorBps === 0n ? 0n : collateralOf(position);
    if (has === 0n && debt === 0n) continue;
    if (!isUsable(quote)) return undefined;
    power += valueDown(has, quote.low, decimals) * collateralFactorBps;
    owed += valueUp(debt, quote.high, decimals);
  }
  return { power, owed };
}
