import type { BookOrder } from "./types.ts";
import { hasFlag, OrderFlags } from "./terms.ts";

/** Units of an order's initial amount that its schedule has released by `timestamp` (seconds), rounded down. */
export function releasedAmount(
  { initial, start, end }: { readonly initial: bigint; readonly start: bigint; readonly end: bigint },
  timestamp: bigint,
): bigint {
  if (timestamp >= end) return initial;
  if (timestamp <= start) return 0n;
  return (initial * (timestamp - start)) / (end - start);
}

/**
 * Units that a fill could take at `timestamp` (seconds): all that remains, or its released part.
 * @throws TypeError when the order's terms say RELEASED and its schedule is not given.
 */
export function availableAmount(order: BookOrder, timestamp: bigint): bigint {
  if (!hasFlag(order.terms, OrderFlags.RELEASED)) return order.remaining;
  const { initial, releaseStart, releaseEnd, remaining } = order;
  if (initial === undefined || releaseStart === undefined || releaseEnd === undefined) {
    throw new TypeError(`Order ${order.id} is released over time, but its schedule is not given.`);
  }
  const end = BigInt(releaseEnd);
  if (timestamp >= end) return remaining;
  const released = releasedAmount({ initial, start: BigInt(releaseStart), end }, timestamp);
  const gone = initial - remaining;
  return released > gone ? released - gone : 0n;
}
