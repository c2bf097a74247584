/** An exact non-negative fraction. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Reads a plain decimal number ("3000", "0.25", ".5") exactly.
 * @throws TypeError when the text is anything else.
 */
export function parseDecimal(text: string): Fraction {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text.trim());
  const whole = match?.[1] ?? "";
  const part = match?.[2] ?? "";
  if (match === null || whole + part === "") throw new TypeError(`"${text}" is not a decimal number.`);
  return { numerator: BigInt(whole + part), denominator: 10n ** BigInt(part.length) };
}

/** Writes a fraction with `digits` significant digits, rounded half up, without an exponent or trailing zeroes. */
export function formatFraction({ numerator, denominator }: Fraction, digits: number): string {
  if (numerator === 0n) return "0";
  let places = digits - 1 - magnitude(numerator, denominator);
  let scaled = roundHalfUp(numerator, denominator, places);
  if (scaled >= 10n ** BigInt(digits)) scaled = roundHalfUp(numerator, denominator, --places);
  if (places <= 0) return (scaled * 10n ** BigInt(-places)).toString();
  const text = scaled.toString().padStart(places + 1, "0");
  return `${text.slice(0, -places)}.${text.slice(-places)}`.replace(/\.?0+$/, "");
}

/** floor(log10(n / d)). */
function magnitude(n: bigint, d: bigint): number {
  const guess = n.toString().length - d.toString().length;
  const reached = guess >= 0 ? n >= d * 10n ** BigInt(guess) : n * 10n ** BigInt(-guess) >= d;
  return reached ? guess : guess - 1;
}

function roundHalfUp(n: bigint, d: bigint, places: number): bigint {
  const [top, bottom] = places >= 0 ? [n * 10n ** BigInt(places), d] : [n, d * 10n ** BigInt(-places)];
  return (2n * top + bottom) / (2n * bottom);
}
