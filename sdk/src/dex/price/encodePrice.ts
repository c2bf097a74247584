import { bitLength } from "../../internal/bits.ts";
import { divDown, divUp } from "../../internal/division.ts";
import type { Price } from "../types.ts";

/** Which way a ratio that no price says exactly is turned: "up" never sells for less, "down" never pays more. */
export type PriceRounding = "up" | "down";

/** Thrown when no price can say `buyAmount` for `sellAmount`. */
export class PriceOutOfRangeError extends RangeError {
  override name = "PriceOutOfRangeError";
  readonly buyAmount: bigint;
  readonly sellAmount: bigint;

  constructor(buyAmount: bigint, sellAmount: bigint) {
    super(`No price says ${buyAmount} for ${sellAmount}: both must be positive, and the ratio within 2^-120 to 2^136.`);
    this.buyAmount = buyAmount;
    this.sellAmount = sellAmount;
  }
}

const MANTISSA_BITS = 72;

/**
 * The price at which `sellAmount` units cost `buyAmount` units: with rounding "up" the least price that costs at least
 * that (the contract library's `fromAmountsUp`), with "down" the highest that costs at most that.
 * @throws PriceOutOfRangeError when an amount is zero or above 2^128 - 1, or the ratio is out of range.
 */
export function encodePrice(buyAmount: bigint, sellAmount: bigint, rounding: PriceRounding = "up"): Price {
  if (buyAmount >> 128n !== 0n || sellAmount >> 128n !== 0n) throw new PriceOutOfRangeError(buyAmount, sellAmount);
  return encodeRatio(buyAmount, sellAmount, rounding);
}

/**
 * As `encodePrice`, for a numerator and a denominator of any size.
 * @throws PriceOutOfRangeError when one is not positive, or the ratio is out of range.
 */
export function encodeRatio(numerator: bigint, denominator: bigint, rounding: PriceRounding = "up"): Price {
  if (numerator <= 0n || denominator <= 0n) throw new PriceOutOfRangeError(numerator, denominator);
  const divide = rounding === "up" ? divUp : divDown;
  // ratio · 2^k has 72 bits before the binary point, or 73.
  let k = MANTISSA_BITS + bitLength(denominator) - bitLength(numerator);
  let mantissa = scale(numerator, denominator, k, divide);
  if (bitLength(mantissa) > MANTISSA_BITS) mantissa = scale(numerator, denominator, --k, divide);
  // Rounding up can carry into the next power of two.
  if (bitLength(mantissa) > MANTISSA_BITS) [mantissa, k] = [mantissa >> 1n, k - 1];
  const exponent = 191 - k;
  if (exponent < 0 || exponent > 255) throw new PriceOutOfRangeError(numerator, denominator);
  return (BigInt(exponent) << 72n) | mantissa;
}

function scale(numerator: bigint, denominator: bigint, k: number, divide: (n: bigint, d: bigint) => bigint): bigint {
  return k >= 0 ? divide(numerator << BigInt(k), denominator) : divide(numerator, denominator << BigInt(-k));
}
