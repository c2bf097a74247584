/** A price as the order book stores it: exponent 8 | mantissa 72, value = mantissa · 2^(exponent − 191). */
export type Price = bigint;

const MANTISSA_MASK = (1n << 72n) - 1n;
const ONE_EXPONENT = 191n;

/** The value as a fraction: units of the bought token for one unit of the sold token. */
function fraction(price: Price): { numerator: bigint; denominator: bigint } {
  const mantissa = price & MANTISSA_MASK;
  const exponent = (price >> 72n) - ONE_EXPONENT;
  return exponent >= 0n
    ? { numerator: mantissa << exponent, denominator: 1n }
    : { numerator: mantissa, denominator: 1n << -exponent };
}

/** What `amount` units cost, rounded up: in favour of who sells. */
export function costUp(price: Price, amount: bigint): bigint {
  const { numerator, denominator } = fraction(price);
  return (amount * numerator + denominator - 1n) / denominator;
}

/** The most units that `budget` pays for, rounded down. */
export function amountDown(price: Price, budget: bigint): bigint {
  const { numerator, denominator } = fraction(price);
  return (budget * denominator) / numerator;
}
