import { type LendAccountView, LIQUIDATION_GRACE, WAD } from "@cxmpute/sdk";

import type { SkipReason } from "../../engine/skips.ts";
import type { LendView } from "../../lend/lendView.ts";
import { spendable } from "../../lend/spendable.ts";
import { NEVER } from "../../lend/types.ts";

/** Why an ill account cannot be liquidated now, by what was watched; undefined when nothing is known to stand in the way. */
export function obstacleOf(view: LendView, borrower: LendAccountView): SkipReason | undefined {
  if (borrower.unreadableIds.length > 0) return "unreadable";
  if (borrower.liquidatableFrom === NEVER) return "price_unusable";
  if (borrower.healthInFavour >= WAD) return "healthy_at_one_price";
  if (borrower.liquidatableFrom > view.time()) return "grace";
  const debts = borrower.debtIds;
  const isOpen = (id: number): boolean => !isResting(view, id);
  if (!debts.some(isOpen) || !borrower.collateralIds.some(isOpen)) return "grace";
  return debts.some((id) => spendable(view.capital()[id]) > 0n) ? undefined : "no_capital";
}

/** Whether liquidations in a pool wait, because its pause has just ended. */
export function isResting(view: LendView, id: number): boolean {
  const until = view.markets()[id]?.pausedUntil ?? 0n;
  return until !== 0n && view.time() >= until && view.time() < until + LIQUIDATION_GRACE;
}
