import { amountDown, costUp, feeOf } from "@cxmpute/sdk";
import { isAddressEqual, type Address } from "viem";

import type { Prices } from "../engine/price/prices.ts";
import type { BookView } from "./bookView.ts";

/** What prices from the book need. */
export interface BookPricesOptions {
  readonly view: BookView;
  /** The wrapped coin: one unit is one wei. */
  readonly coin: Address;
  /** Tokens whose book is believed, as the end or the middle of a route. */
  readonly tokens: readonly Address[];
  /** The taker fee, in millionths. */
  readonly takerFee: () => bigint;
}

/**
 * Prices tokens by what the book's resting orders would pay for them now, straight to the wrapped coin or over one other
 * listed token, fees deducted. What the orders do not take is worth nothing, so a thin book makes a token cheap, never
 * dear. Undefined where nobody buys.
 */
export function bookPrices({ view, coin, tokens, takerFee }: BookPricesOptions): Prices {
  const listed = new Set(tokens.map((token) => token.toLowerCase()));

  /** Units of `to` that `amount` units of `from` fetch; undefined when no order sells `to` for `from`. */
  function sell(from: Address, to: Address, amount: bigint, exclude: readonly bigint[]): bigint | undefined {
    let left = amount;
    let received = 0n;
    let any = false;
    for (const order of view.side(to, from)) {
      if (exclude.includes(order.id)) continue;
      any = true;
      if (left === 0n) break;
      const whole = costUp(order.price, order.available);
      const taken = whole <= left ? order.available : amountDown(order.price, left);
      left -= costUp(order.price, taken);
      received += taken - feeOf(taken, takerFee());
    }
    return any ? received : undefined;
  }

  return {
    worth({ token, amount }, exclude) {
      if (isAddressEqual(token, coin)) return amount;
      if (!listed.has(token.toLowerCase())) return undefined;
      let best = sell(token, coin, amount, exclude);
      for (const middle of tokens) {
        if (isAddressEqual(middle, token) || isAddressEqual(middle, coin)) continue;
        const half = sell(token, middle, amount, exclude);
        const worth = half === undefined ? undefined : sell(middle, coin, half, exclude);
        if (worth !== undefined && (best === undefined || worth > best)) best = worth;
      }
      return best;
    },
    // Resting orders say what a token fetches, not what it costs to have.
    cost: ({ token, amount }) => (isAddressEqual(token, coin) ? amount : undefined),
  };
}
