import { decodePrice, type Price } from "@cxmpute/sdk";

/** A positive ratio of integers; a denominator of zero stands for no price. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A price of the contract has 72 bits: 21 digits. */
const DIGITS = 20;

/** Whole quote tokens for one whole base token, from quote units for base units. */
export function wholeTokens(ratio: Ratio, baseDecimals: number, quoteDecimals: number): Ratio {
  return {
    numerator: ratio.numerator * 10n ** BigInt(baseDecimals),
    denominator: ratio.denominator * 10n ** BigInt(quoteDecimals),
  };
}

/** An order's price as quote units for base units, whichever of the two it sells. */
export function orientedPrice(price: Price, sellsBase: boolean): Ratio {
  const { numerator, denominator } = decodePrice(price);
  return sellsBase ? { numerator, denominator } : { numerator: denominator, denominator: numerator };
}

/** A ratio in decimals, rounded half up to 20 significant digits. Null when there is no price. */
export function toDecimal({ numerator, denominator }: Ratio): string | null {
  if (denominator === 0n) return null;
  if (numerator === 0n) return "0";
  const places = DIGITS - 1 - magnitudeOf(numerator, denominator);
  const [top, bottom] =
    places >= 0 ? [numerator * 10n ** BigInt(places), denominator] : [numerator, denominator * 10n ** BigInt(-places)];
  const rounded = (2n * top + bottom) / (2n * bottom);
  if (places <= 0) return `${rounded * 10n ** BigInt(-places)}`;
  const digits = `${rounded}`.padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, "");
}

/** The power of ten of the ratio's first digit. */
function magnitudeOf(numerator: bigint, denominator: bigint): number {
  const guess = numerator.toString().length - denominator.toString().length;
  const isReached =
    guess >= 0 ? numerator >= denominator * 10n ** BigInt(guess) : numerator * 10n ** BigInt(-guess) >= denominator;
  return isReached ? guess : guess - 1;
}
