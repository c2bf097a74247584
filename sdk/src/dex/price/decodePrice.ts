import type { Price } from "../types.ts";

/** An exact fraction: `numerator` units of the bought token for `denominator` units of the sold token. */
export interface PriceRatio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const MANTISSA_MASK = (1n << 72n) - 1n;
const TOP_BIT = 1n << 71n;

/** Whether the order book would accept this number as a price: 80 bits, the mantissa's top bit set. */
export function isPrice(price: bigint): price is Price {
  return price >= 0n && price >> 80n === 0n && (price & TOP_BIT) !== 0n;
}

/** Mantissa and exponent of a price: value = mantissa · 2^(exponent − 191). */
export function splitPrice(price: Price): { mantissa: bigint; exponent: bigint } {
  return { mantissa: price & MANTISSA_MASK, exponent: price >> 72n };
}

/** The exact value of a price; the denominator is a power of two. */
export function decodePrice(price: Price): PriceRatio {
  const { mantissa, exponent } = splitPrice(price);
  return exponent >= 191n
    ? { numerator: mantissa << (exponent - 191n), denominator: 1n }
    : { numerator: mantissa, denominator: 1n << (191n - exponent) };
}
