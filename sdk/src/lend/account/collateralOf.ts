import type { LendPosition } from "../types.ts";

/** The assets of a position that stand behind debts: none unless switched on. */
export function collateralOf({ supplied, isCollateral }: Pick<LendPosition, "supplied" | "isCollateral">): bigint {
  return isCollateral ? supplied : 0n;
}
