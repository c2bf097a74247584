import type { Address } from "viem";

import type { Candidate } from "../types.ts";
import type { Prices } from "./prices.ts";

/** What an opportunity is worth, gains less costs, or the token whose price is missing. */
export type Worth = { readonly coin: bigint } | { readonly missing: Address };

/** Adds up gains and costs; one without a price makes the whole unknown, rather than worth less or more than it is. */
export function worthOf(prices: Prices, candidate: Pick<Candidate, "gains" | "costs" | "consumes">): Worth {
  let coin = 0n;
  for (const gain of candidate.gains) {
    if (gain.amount === 0n) continue;
    const worth = prices.worth(gain, candidate.consumes);
    if (worth === undefined) return { missing: gain.token };
    coin += worth;
  }
  for (const paid of candidate.costs ?? []) {
    if (paid.amount === 0n) continue;
    const cost = prices.cost(paid);
    if (cost === undefined) return { missing: paid.token };
    coin -= cost;
  }
  return { coin };
}
