import { parsePrice, type Price, type PriceRounding } from "@cxmpute/sdk";

import type { Pair, Token } from "./context.ts";
import { TaskError } from "./TaskError.ts";

/** Of the pair's first token: who sells it asks, who buys it bids. */
export type Side = "buy" | "sell";

export function parseSide(text: string): Side {
  if (text !== "buy" && text !== "sell") throw new TaskError(`--side is buy or sell, not "${text}"`);
  return text;
}

/** What an order on a side gives and asks for. */
export function tokensOf(pair: Pair, side: Side): { sell: Token; buy: Token } {
  return side === "sell" ? { sell: pair.base, buy: pair.quote } : { sell: pair.quote, buy: pair.base };
}

/** The price of an order on a side, from the price of one of the pair's first token. */
export function orderPrice(pair: Pair, side: Side, text: string, rounding: PriceRounding = "up"): Price {
  const { sell, buy } = tokensOf(pair, side);
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text) || !/[1-9]/.test(text)) {
    throw new TaskError(`"${text}" is no price: write a number like 2999.5`);
  }
  return parsePrice(text, { sellDecimals: sell.decimals, buyDecimals: buy.decimals, side, rounding });
}

/** How an order on a side shows its price. */
export function displayOf(pair: Pair, side: Side) {
  const { sell, buy } = tokensOf(pair, side);
  return { sellDecimals: sell.decimals, buyDecimals: buy.decimals, side };
}

/** Units of the pair's second token that `baseUnits` of the first are worth at a decimal price, rounded down. */
export function quoteUnits(pair: Pair, baseUnits: bigint, price: string): bigint {
  const [whole = "", fraction = ""] = price.split(".");
  const scaled = BigInt(`${whole}${fraction}` || "0") * baseUnits * 10n ** BigInt(pair.quote.decimals);
  return scaled / 10n ** BigInt(pair.base.decimals + fraction.length);
}
