import type { Address } from "viem";

import type { Gain } from "../types.ts";
import type { Prices } from "./prices.ts";

/** What all gains are worth together, or the token whose price is missing. */
export type Worth = { readonly coin: bigint } | { readonly missing: Address };

/** Adds up the gains; one without a price makes the whole unknown, rather than worth less than it is. */
export function worthOf(prices: Prices, gains: readonly Gain[], exclude: readonly bigint[]): Worth {
  let coin = 0n;
  for (const gain of gains) {
    if (gain.amount === 0n) continue;
    const worth = prices.worth(gain, exclude);
    if (worth === undefined) return { missing: gain.token };
    coin += worth;
  }
  return { coin };
}
