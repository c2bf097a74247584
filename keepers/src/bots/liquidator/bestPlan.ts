import type { Prices } from "../../engine/price/prices.ts";
import { worthOf } from "../../engine/price/worthOf.ts";
import type { Plan } from "./types.ts";

/** The plan that earns most, be it less than nothing; of equals the first. Those without a price are left out. */
export function bestPlan<P extends Plan>(prices: Prices, plans: readonly P[]): P | undefined {
  let best: { readonly plan: P; readonly coin: bigint } | undefined;
  for (const plan of plans) {
    const worth = worthOf(prices, { gains: plan.gains, costs: plan.costs, consumes: [] });
    if ("missing" in worth) continue;
    if (best === undefined || worth.coin > best.coin) best = { plan, coin: worth.coin };
  }
  return best?.plan;
}
