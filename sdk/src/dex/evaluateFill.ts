import { type Address, isAddressEqual } from "viem";

import { NO_PRICE_LIMIT } from "./constants.ts";
import { isExpired } from "./orderId.ts";
import { amountDown } from "./price/amountDown.ts";
import { costUp } from "./price/costUp.ts";
import { availableAmount } from "./release.ts";
import { hasFlag, minFillOf, OrderFlags } from "./terms.ts";
import { type BookOrder, FillStatus, type Price } from "./types.ts";

export interface EvaluateFillParameters {
  readonly order: BookOrder;
  /** Seconds: the timestamp of the block that the fill runs in. */
  readonly timestamp: bigint;
  /** Who calls the fill; without one, a private order is nobody's. */
  readonly taker?: Address | undefined;
  /** Most units of the sold token to take; all that there is unless said. */
  readonly want?: bigint | undefined;
  /** Most units of the bought token to pay; no bound unless said. */
  readonly budget?: bigint | undefined;
  /** Highest price; no bound unless said. */
  readonly limit?: Price | undefined;
}

/** What a fill would do. Amounts are zero unless the status is `Fillable`. */
export interface Evaluation {
  readonly status: FillStatus;
  /** Units of the sold token that leave the order, fee included. */
  readonly sold: bigint;
  /** Units of the bought token that its owner gets. */
  readonly paid: bigint;
}

/**
 * Whether a taker can take up to `want` of an order within `budget` and `limit`, and what that comes to: the contract's
 * own decision, unit for unit. The amount is cut to what is available and to what the budget pays for.
 */
export function evaluateFill(parameters: EvaluateFillParameters): Evaluation {
  const { order, timestamp, taker, want, budget, limit = NO_PRICE_LIMIT } = parameters;
  if (order.remaining === 0n) return refused(FillStatus.Nonexistent);
  if (isExpired(order.id, timestamp)) return refused(FillStatus.Expired);
  if (order.cancelled === true) return refused(FillStatus.Cancelled);
  if (hasFlag(order.terms, OrderFlags.PRIVATE) && !isReservedFor(order, taker)) return refused(FillStatus.Private);

  let sold = availableAmount(order, timestamp);
  if (sold === 0n) return refused(FillStatus.NotReleased);
  if (want !== undefined && sold > want) sold = want;

  if (order.price > limit) return refused(FillStatus.AboveLimit);
  let paid = costUp(order.price, sold);
  if (budget !== undefined && paid > budget) {
    sold = amountDown(order.price, budget);
    paid = costUp(order.price, sold);
  }
  if (sold === 0n) return refused(FillStatus.BudgetSpent);
  if (sold !== order.remaining && sold < minFillOf(order.terms)) return refused(FillStatus.BelowMinFill);
  return { status: FillStatus.Fillable, sold, paid };
}

function isReservedFor({ privateTaker }: BookOrder, taker: Address | undefined): boolean {
  return taker !== undefined && privateTaker !== undefined && isAddressEqual(privateTaker, taker);
}

function refused(status: FillStatus): Evaluation {
  return { status, sold: 0n, paid: 0n };
}
