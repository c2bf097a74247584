import { type Address, isAddressEqual } from "viem";

import { evaluateFill } from "./evaluateFill.ts";
import { feeOf } from "./fees.ts";
import { amountDown } from "./price/amountDown.ts";
import { costUp } from "./price/costUp.ts";
import { availableAmount } from "./release.ts";
import { minFillOf } from "./terms.ts";
import { type BookOrder, FillStatus } from "./types.ts";

/** What matching two orders comes to, in token units: A sells X for Y, B sells Y for X. */
export interface MatchOutcome {
  /** Units of X that order A sells. */
  readonly takeA: bigint;
  /** Units of Y that order B sells. */
  readonly takeB: bigint;
  /** Units of X left after B was paid. */
  readonly surplusA: bigint;
  /** Units of Y left after A was paid. */
  readonly surplusB: bigint;
}

export interface MatchOutcomeParameters {
  readonly orderA: BookOrder;
  readonly orderB: BookOrder;
  /** Seconds: the timestamp of the block that the match runs in. */
  readonly timestamp: bigint;
  /** Millionths; the order book's fee on each side. */
  readonly takerFee: bigint;
  /** The `OrderMatcher`: the taker of both orders. Without it, private orders do not match. */
  readonly orderMatcher?: Address | undefined;
}

/** One side while it is worked out. */
interface Side {
  readonly order: BookOrder;
  readonly take: bigint;
  readonly cost: bigint;
  readonly received: bigint;
}

/** As in the contract: what takes longer to settle is dust between prices that hardly cross. */
const MAX_ROUNDS = 16;

/**
 * What `matchOrders` would do, unit for unit: the greatest takes for which each order's payment is covered by what the
 * other brings after its fee. Undefined when the two cannot be matched.
 */
export function matchOutcome(parameters: MatchOutcomeParameters): MatchOutcome | undefined {
  const { orderA, orderB, timestamp, takerFee } = parameters;
  if (!isMirrored(orderA, orderB) || !isFillable(orderA, parameters) || !isFillable(orderB, parameters)) {
    return undefined;
  }
  let a = side(orderA, availableAmount(orderA, timestamp), takerFee);
  let b = side(orderB, availableAmount(orderB, timestamp), takerFee);
  for (let round = 0; round < MAX_ROUNDS; ++round) {
    if (a.cost > b.received) {
      a = side(orderA, affordable(a, b.received), takerFee);
    } else if (b.cost > a.received) {
      b = side(orderB, affordable(b, a.received), takerFee);
    } else {
      if (!isAllowed(a) || !isAllowed(b)) return undefined;
      return { takeA: a.take, takeB: b.take, surplusA: a.received - b.cost, surplusB: b.received - a.cost };
    }
  }
  return undefined;
}

function isMirrored(a: BookOrder, b: BookOrder): boolean {
  return isAddressEqual(a.sellToken, b.buyToken) && isAddressEqual(a.buyToken, b.sellToken);
}

function isFillable(order: BookOrder, { timestamp, orderMatcher }: MatchOutcomeParameters): boolean {
  return evaluateFill({ order, timestamp, taker: orderMatcher }).status === FillStatus.Fillable;
}

function side(order: BookOrder, take: bigint, takerFee: bigint): Side {
  return { order, take, cost: costUp(order.price, take), received: take - feeOf(take, takerFee) };
}

/** The most of a side that `budget` pays for. Its cost is above the budget, so this is less than its take. */
function affordable({ order }: Side, budget: bigint): bigint {
  return amountDown(order.price, budget);
}

function isAllowed({ order, take }: Side): boolean {
  if (take === 0n) return false;
  if (take === order.remaining) return true;
  return take >= minFillOf(order.terms);
}
