import { divDown } from "../../internal/division.ts";
import { WAD } from "../constants.ts";
import type { LendMarket } from "../types.ts";

/** Debt shares that repaying `assets`, less than all, takes away, rounded down. */
export function toDebtSharesDown({ debtIndex }: LendMarket, assets: bigint): bigint {
  return divDown(assets * WAD, debtIndex);
}
