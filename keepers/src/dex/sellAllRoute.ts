import type { Leg } from "@cxmpute/sdk";

import { routeStep } from "./routeStep.ts";
import type { Path, Route, Venue } from "./types.ts";

/** Sells as much of `amount` units of a path's first token as its orders take; undefined where a step finds none. */
export function sellAllRoute(venue: Venue, path: Path, amount: bigint): Route | undefined {
  const legs: Leg[] = [];
  let paid = amount;
  let held = amount;
  for (const [index, buyToken] of path.slice(0, -1).entries()) {
    const sellToken = path[index + 1];
    if (sellToken === undefined) return undefined;
    const { leg, expected } = routeStep(venue, { sellToken, buyToken, budget: held });
    if (expected.received === 0n) return undefined;
    if (index === 0) paid = expected.paid;
    legs.push(leg);
    held = expected.received;
  }
  return { path, legs, paid, received: held };
}
