import { divUp } from "../../internal/division.ts";
import { WAD } from "../constants.ts";
import type { LendMarket } from "../types.ts";

/** Debt shares that borrowing `assets` adds, rounded up. */
export function toDebtSharesUp({ debtIndex }: LendMarket, assets: bigint): bigint {
  return divUp(assets * WAD, debtIndex);
}
