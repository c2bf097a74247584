import { parseDecimal } from "../../internal/decimal.ts";
import type { Price } from "../types.ts";
import { encodeRatio, type PriceRounding } from "./encodePrice.ts";
import type { PriceDisplay } from "./formatPrice.ts";

/**
 * The price that a person writes as a decimal number; see `PriceDisplay` for what the number counts. Rounding "up"
 * (default) is for a maker: an order never gives more, or takes less, than the number says. "down" is for a taker's
 * limit: it never lets an order through that is dearer.
 * @throws TypeError when the text is not a decimal number; PriceOutOfRangeError when it is zero or out of range.
 */
export function parsePrice(
  text: string,
  { sellDecimals, buyDecimals, side = "sell", rounding = "up" }: PriceDisplay & { readonly rounding?: PriceRounding },
): Price {
  const { numerator, denominator } = parseDecimal(text);
  const [buy, sell] = side === "sell" ? [numerator, denominator] : [denominator, numerator];
  return encodeRatio(buy * 10n ** BigInt(buyDecimals), sell * 10n ** BigInt(sellDecimals), rounding);
}
