const MANTISSA_BITS = 72n;
const EXPONENT_BIAS = 191n;

/**
 * The order book's 80-bit price, exponent 8 | mantissa 72, rounded up.
 * @returns the least price at which `sell` units cost at least `buy` units
 */
export function priceOf(buy: bigint, sell: bigint): bigint {
  let shift = MANTISSA_BITS + bitLength(sell) - bitLength(buy);
  while (scaledUp(buy, sell, shift) >> MANTISSA_BITS !== 0n) shift--;
  return ((EXPONENT_BIAS - shift) << MANTISSA_BITS) | scaledUp(buy, sell, shift);
}

/** @returns `buy * 2^shift / sell`, rounded up */
function scaledUp(buy: bigint, sell: bigint, shift: bigint): bigint {
  const numerator = shift >= 0n ? buy << shift : buy;
  const denominator = shift >= 0n ? sell : sell << -shift;
  return (numerator + denominator - 1n) / denominator;
}

function bitLength(value: bigint): bigint {
  return BigInt(value.toString(2).length);
}
