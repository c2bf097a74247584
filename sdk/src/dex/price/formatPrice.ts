import { formatFraction } from "../../internal/decimal.ts";
import type { Price } from "../types.ts";
import { decodePrice } from "./decodePrice.ts";

/** How a price is read by a person. */
export interface PriceDisplay {
  /** Decimals of the token that the order sells. */
  readonly sellDecimals: number;
  /** Decimals of the token that the order asks for. */
  readonly buyDecimals: number;
  /**
   * "sell" (default): the order sells the market's base token; the number is whole bought tokens for one whole sold
   * token. "buy": the order buys the base token; the number is whole sold tokens for one whole bought token.
   */
  readonly side?: "sell" | "buy" | undefined;
}

/** A price as a decimal number, rounded half up to `digits` significant digits (12 unless said); for display only. */
export function formatPrice(price: Price, display: PriceDisplay & { readonly digits?: number | undefined }): string {
  return formatFraction(displayRatio(price, display), display.digits ?? 12);
}

/** The exact number that `formatPrice` writes. */
export function displayRatio(price: Price, { sellDecimals, buyDecimals, side = "sell" }: PriceDisplay) {
  const { numerator, denominator } = decodePrice(price);
  const buy = numerator * 10n ** BigInt(sellDecimals);
  const sell = denominator * 10n ** BigInt(buyDecimals);
  return side === "sell" ? { numerator: buy, denominator: sell } : { numerator: sell, denominator: buy };
}
