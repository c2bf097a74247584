import type { LendMarket } from "../types.ts";
import { toDebtSharesDown } from "./toDebtSharesDown.ts";
import { toDebtSharesUp } from "./toDebtSharesUp.ts";
import { toSharesDown } from "./toSharesDown.ts";
import { toSharesUp } from "./toSharesUp.ts";

/** Something that an account may do in a pool. */
export interface MarketChange {
  readonly kind: "supply" | "withdraw" | "borrow" | "repay";
  /** Assets; repaying less than the account owes. */
  readonly assets: bigint;
}

/** A market after somebody supplied, withdrew, borrowed or repaid; for the rates that follow, say. Limits are not looked at. */
export function marketAfter(market: LendMarket, { kind, assets }: MarketChange): LendMarket {
  const { cash, supplyShares, debtShares } = market;
  switch (kind) {
    case "supply":
      return { ...market, cash: cash + assets, supplyShares: supplyShares + toSharesDown(market, assets) };
    case "withdraw":
      return { ...market, cash: cash - assets, supplyShares: supplyShares - toSharesUp(market, assets) };
    case "borrow":
      return { ...market, cash: cash - assets, debtShares: debtShares + toDebtSharesUp(market, assets) };
    case "repay":
      return { ...market, cash: cash + assets, debtShares: debtShares - toDebtSharesDown(market, assets) };
  }
}
