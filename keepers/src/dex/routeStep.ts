import { routeSweep, type RouteSweepParameters, type SweepRoute, UNLIMITED } from "@cxmpute/sdk";

import type { Venue } from "./types.ts";

/** Best orders of a side that are looked at. */
const DEPTH = 64;
/** Most orders of one step, and how many of them stand in for others that vanish before the call lands. */
const MOST_ORDERS = 40;
const SPARE_ORDERS = 4;

/**
 * One step of a route: the best orders that sell `sellToken` for `buyToken`, for an amount, a budget, or both. Its leg
 * pays with all that there is when it runs, which may be a little more than the budget of now.
 */
export function routeStep(
  { view, taker, takerFee }: Venue,
  step: Pick<RouteSweepParameters, "sellToken" | "buyToken" | "takeAmount" | "budget">,
): SweepRoute {
  const route = routeSweep({
    ...step,
    orders: view.side(step.sellToken, step.buyToken).slice(0, DEPTH),
    timestamp: view.time(),
    taker,
    takerFee: takerFee(),
    maxOrders: MOST_ORDERS,
    spareOrders: SPARE_ORDERS,
  });
  return { ...route, leg: { ...route.leg, maxPay: UNLIMITED } };
}
