import { divUp } from "../../internal/division.ts";
import { WAD } from "../constants.ts";
import type { LendMarket } from "../types.ts";

/** What an account with so many debt shares owes, rounded up. */
export function debtOfSharesUp({ debtIndex }: LendMarket, debtShares: bigint): bigint {
  return divUp(debtShares * debtIndex, WAD);
}
