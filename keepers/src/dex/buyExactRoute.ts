import { type Leg, MILLION } from "@cxmpute/sdk";

import { routeStep } from "./routeStep.ts";
import type { Path, Route, Venue } from "./types.ts";

/**
 * Buys at least `wanted` units of a path's last token, and as little more as fees and rounding allow; undefined where the
 * orders do not bring it.
 */
export function buyExactRoute(venue: Venue, path: Path, wanted: bigint): Route | undefined {
  const legs: Leg[] = [];
  let needed = wanted;
  let received = wanted;
  // From the end: what a step costs is what the one before must bring.
  for (let index = path.length - 1; index > 0; index--) {
    const [buyToken, sellToken] = [path[index - 1], path[index]];
    if (sellToken === undefined || buyToken === undefined) return undefined;
    const { leg, expected } = routeStep(venue, { sellToken, buyToken, takeAmount: withFee(needed, venue.takerFee()) });
    if (expected.received < needed) return undefined;
    if (index === path.length - 1) received = expected.received;
    legs.unshift(leg);
    needed = expected.paid;
  }
  return { path, legs, paid: needed, received };
}

/** What must be taken so that `amount` is left after the fee; up. */
function withFee(amount: bigint, takerFee: bigint): bigint {
  const left = MILLION - takerFee;
  return (amount * MILLION + left - 1n) / left;
}
