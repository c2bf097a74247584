import type { Prices } from "../../engine/price/prices.ts";
import { worthOf } from "../../engine/price/worthOf.ts";
import type { PlannedPair } from "./previewPair.ts";

/** The pair that earns most, gains less costs, be it less than nothing; of equals the first. Those without a price are left out. */
export function bestPair(prices: Prices, pairs: readonly PlannedPair[]): PlannedPair | undefined {
  let best: { readonly pair: PlannedPair; readonly coin: bigint } | undefined;
  for (const pair of pairs) {
    const worth = worthOf(prices, {
      gains: [{ token: pair.collateral.asset, amount: pair.seized }],
      costs: [{ token: pair.debt.asset, amount: pair.repaid }],
      consumes: [],
    });
    if ("missing" in worth) continue;
    if (best === undefined || worth.coin > best.coin) best = { pair, coin: worth.coin };
  }
  return best?.pair;
}
