import { divDown } from "../../internal/division.ts";
import { BPS, UNLIMITED } from "../constants.ts";
import type { LendPosition } from "../types.ts";
import { coverage } from "./coverage.ts";
import { positionOf } from "./positionOf.ts";

/**
 * Assets that an account can withdraw from the pool of asset `id` as far as its debts are concerned: the controller's
 * `withdrawable`. 2^256 − 1 when they are not. `maxWithdraw` looks at the rest.
 */
export function withdrawable(positions: readonly LendPosition[], id: number): bigint {
  const position = positionOf(positions, id);
  if (!position.isCollateral || positions.every(({ debt }) => debt === 0n)) return UNLIMITED;
  const all = coverage(positions);
  if (all === undefined || all.power < all.owed * BPS) return 0n;
  const { collateralFactorBps, quote, decimals, supplied, debt } = position;
  if (collateralFactorBps === 0n) return UNLIMITED;
  // Nothing there: the controller asks no price, and answers nothing.
  if (supplied === 0n && debt === 0n) return 0n;
  // A unit of value and two units of the asset less: what is left is rounded down again when it is valued.
  const free = minusOrZero(divDown(all.power - all.owed * BPS, collateralFactorBps), 1n);
  return minusOrZero(divDown(free * 10n ** BigInt(decimals), quote.low), 2n);
}

function minusOrZero(value: bigint, less: bigint): bigint {
  return value > less ? value - less : 0n;
}
