import { type Address, isAddressEqual } from "viem";

import { evaluateFill } from "./evaluateFill.ts";
import { feeOf } from "./fees.ts";
import { type BookOrder, FillStatus, type Leg } from "./types.ts";

/** What an order of another pair is called by first: as the lens says it. */
const ENDED: readonly FillStatus[] = [
  FillStatus.Nonexistent,
  FillStatus.Expired,
  FillStatus.Cancelled,
  FillStatus.Private,
  FillStatus.NotReleased,
];

export interface SimulateLegParameters {
  readonly leg: Leg;
  /** The orders that the leg names; an id without one counts as gone. */
  readonly orders: Iterable<BookOrder>;
  /** Seconds: the timestamp of the block that the sweep runs in. */
  readonly timestamp: bigint;
  readonly taker?: Address | undefined;
  /** Millionths, the taker's discount deducted. */
  readonly takerFee?: bigint | undefined;
  /** Millionths. */
  readonly relayerFee?: bigint | undefined;
}

/** What a sweep takes from one order. */
export interface SimulatedFill {
  readonly id: bigint;
  readonly sold: bigint;
  readonly paid: bigint;
  readonly fee: bigint;
}

export interface SimulatedLeg {
  readonly taken: bigint;
  /** `taken` less both fees. */
  readonly received: bigint;
  readonly paid: bigint;
  readonly filled: bigint;
  /** Units of the sold token for the protocol. */
  readonly fee: bigint;
  /** Units of the sold token for the relayer. */
  readonly relayed: bigint;
  readonly fills: readonly SimulatedFill[];
  /** Orders that were tried and passed over, and why. Those after the last one needed are not tried. */
  readonly skipped: readonly { readonly id: bigint; readonly status: FillStatus }[];
}

/**
 * What `fillOrders` would do with a leg, order by order, as the contract does it. The leg's final checks (`minReceive`,
 * `maxPrice`, fill-or-kill) are left to the caller.
 */
export function simulateLeg(parameters: SimulateLegParameters): SimulatedLeg {
  const { leg, timestamp, taker, takerFee = 0n, relayerFee = 0n } = parameters;
  const book = new Map([...parameters.orders].map((order) => [order.id, order]));
  const fills: SimulatedFill[] = [];
  const skipped: { id: bigint; status: FillStatus }[] = [];
  let taken = 0n;
  let paid = 0n;
  let fee = 0n;

  for (const [index, id] of leg.ids.entries()) {
    const want = leg.takeAmount - taken;
    if (want === 0n) break;
    const order = book.get(id);
    if (order === undefined) {
      skipped.push({ id, status: FillStatus.Nonexistent });
      continue;
    }
    const budget = leg.maxPay - paid;
    const fill = evaluateFill({ order, timestamp, taker, want, budget, limit: leg.limits[index] });
    const isOtherPair = !isOfLeg(order, leg) && !ENDED.includes(fill.status);
    if (isOtherPair || fill.status !== FillStatus.Fillable) {
      skipped.push({ id, status: isOtherPair ? FillStatus.OtherPair : fill.status });
      continue;
    }
    const orderFee = feeOf(fill.sold, takerFee);
    fills.push({ id, sold: fill.sold, paid: fill.paid, fee: orderFee });
    taken += fill.sold;
    paid += fill.paid;
    fee += orderFee;
    book.set(id, { ...order, remaining: order.remaining - fill.sold });
  }

  const relayed = feeOf(taken, relayerFee);
  return { taken, received: taken - fee - relayed, paid, filled: BigInt(fills.length), fee, relayed, fills, skipped };
}

function isOfLeg(order: BookOrder, leg: Leg): boolean {
  return isAddressEqual(order.sellToken, leg.sellToken) && isAddressEqual(order.buyToken, leg.buyToken);
}
