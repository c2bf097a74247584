import type { Prices } from "../../engine/price/prices.ts";
import type { Floor, Gain } from "../../engine/types.ts";
import { withRoom } from "./withRoom.ts";

/** What a liquidation may pay and must bring. */
export interface Bounds {
  readonly maxRepay: bigint;
  readonly minSeized: bigint;
}

/** What bounds are reckoned from: the simulated amounts, and the most that may be repaid. */
export interface BoundsParameters {
  readonly prices: Prices;
  readonly seized: Gain;
  readonly repaid: Gain;
  readonly limit: bigint;
}

/**
 * The most to repay and the least to receive for it, so that even the most for the least is worth `floor` of what was
 * simulated, at the prices of now.
 */
export function boundsOf({ prices, seized, repaid, limit }: BoundsParameters, floor: Floor): Bounds {
  const gain = prices.worth(seized, []);
  const cost = prices.cost(repaid);
  const exact = { maxRepay: repaid.amount, minSeized: seized.amount };
  if (gain === undefined || cost === undefined || gain <= cost || seized.amount === 0n) return exact;
  // Up: never below what is needed.
  const needed = ((gain - cost) * floor.numerator + floor.denominator - 1n) / floor.denominator;

  const maxRepay = withRoom({ repaid: repaid.amount, limit });
  const most = prices.cost({ token: repaid.token, amount: maxRepay });
  const isCovered = most !== undefined && most + needed <= gain;
  const spent = isCovered ? most : cost;
  return {
    maxRepay: isCovered ? maxRepay : repaid.amount,
    minSeized: (seized.amount * (spent + needed) + gain - 1n) / gain,
  };
}
