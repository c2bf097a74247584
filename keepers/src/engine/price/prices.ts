import type { Gain } from "../types.ts";

/** Worth of tokens in the chain's coin. */
export interface Prices {
  /**
   * What `gain.amount` would fetch, in wei of the coin, rounded down.
   * @param exclude orders that must not be counted on, because the call consumes them
   * @returns undefined when no price is known
   */
  worth(gain: Gain, exclude: readonly bigint[]): bigint | undefined;
  /**
   * What `amount` is to be reckoned with when it is paid, in wei of the coin, rounded up.
   * @returns undefined when no price is known
   */
  cost(paid: Gain): bigint | undefined;
}

/** A fixed price: `coin` wei for `10 ** decimals` units. */
export interface FixedPrice {
  readonly coin: bigint;
  readonly decimals: number;
}

/** Prices that the operator wrote down. Keys are lower-case addresses. */
export function fixedPrices(prices: ReadonlyMap<string, FixedPrice>): Prices {
  return {
    worth({ token, amount }) {
      const price = prices.get(token.toLowerCase());
      return price === undefined ? undefined : (amount * price.coin) / 10n ** BigInt(price.decimals);
    },
    cost({ token, amount }) {
      const price = prices.get(token.toLowerCase());
      if (price === undefined) return undefined;
      const unit = 10n ** BigInt(price.decimals);
      return (amount * price.coin + unit - 1n) / unit;
    },
  };
}

/** The first source that knows a price decides. */
export function firstOf(sources: readonly Prices[]): Prices {
  return {
    worth(gain, exclude) {
      for (const source of sources) {
        const worth = source.worth(gain, exclude);
        if (worth !== undefined) return worth;
      }
      return undefined;
    },
    cost(paid) {
      for (const source of sources) {
        const cost = source.cost(paid);
        if (cost !== undefined) return cost;
      }
      return undefined;
    },
  };
}
