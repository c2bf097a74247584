import { type LendAccountView, type LendMarketView, WAD } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { SkipReason } from "../../engine/skips.ts";
import type { LendView } from "../../lend/lendView.ts";
import { spendable } from "../../lend/spendable.ts";
import { NEVER } from "../../lend/types.ts";
import { isResting } from "./isResting.ts";

/** What stands in the way is judged by. */
export interface ObstacleParameters {
  readonly view: LendView;
  /** Whether one token can be sold for another without own capital. */
  readonly canSell: (from: Address, to: Address) => boolean;
  readonly borrower: LendAccountView;
}

/** Why an ill account cannot be liquidated now, by what was watched; undefined when nothing is known to stand in the way. */
export function obstacleOf({ view, canSell, borrower }: ObstacleParameters): SkipReason | undefined {
  if (borrower.unreadableIds.length > 0) return "unreadable";
  if (borrower.liquidatableFrom === NEVER) return "price_unusable";
  if (borrower.healthInFavour >= WAD) return "healthy_at_one_price";
  if (borrower.liquidatableFrom > view.time()) return "grace";

  const open = (ids: readonly number[]): LendMarketView[] =>
    ids.flatMap((id) => {
      const market = view.markets()[id];
      return market === undefined || isResting(market, view.time()) ? [] : [market];
    });
  const [debts, collaterals] = [open(borrower.debtIds), open(borrower.collateralIds)];
  if (debts.length === 0 || collaterals.length === 0) return "grace";

  const isSold = ({ asset, pool }: LendMarketView, debt: LendMarketView): boolean =>
    canSell(asset, debt.asset) || canSell(pool, debt.asset);
  const canPay = (debt: LendMarketView): boolean =>
    spendable(view.capital()[debt.id]) > 0n || collaterals.some((collateral) => isSold(collateral, debt));
  return debts.some(canPay) ? undefined : "no_capital";
}
