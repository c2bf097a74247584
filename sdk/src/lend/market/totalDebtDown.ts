import { divDown } from "../../internal/division.ts";
import { WAD } from "../constants.ts";
import type { LendMarket } from "../types.ts";

/** What all accounts owe, rounded down: what the suppliers may count on. */
export function totalDebtDown({ debtShares, debtIndex }: LendMarket): bigint {
  return divDown(debtShares * debtIndex, WAD);
}
