import { bitLength } from "../internal/bits.ts";
import { MAX_AMOUNT } from "./constants.ts";

/** Bits of an order's flags. The first four are set by the contract. */
export const OrderFlags = {
  TRANSFERRED: 1,
  APPROVED: 2,
  PRIVATE: 4,
  RELEASED: 8,
  OBSERVED: 16,
  EXACT_PAYMENT: 32,
} as const;

const MIN_FILL_SHIFT = 7;
const MIN_FILL_MASK = 0x7f;

/** A minimum fill of 2^127 units is more than any order holds: everything or nothing. */
const ALL_OR_NONE = MIN_FILL_MASK << MIN_FILL_SHIFT;

/** What a maker chooses. */
export interface OrderTerms {
  /** A fill takes everything that remains or nothing. */
  readonly allOrNone?: boolean | undefined;
  /** A fill reverts unless the owner's balance grows by exactly what is owed. */
  readonly exactPayment?: boolean | undefined;
  /** Fills are recorded by the pair's observer. Needs `createOrders`. */
  readonly observed?: boolean | undefined;
  /** Least units of the sold token that a fill takes, unless it takes all that remains. Means nothing with `allOrNone`. */
  readonly minFill?: bigint | undefined;
}

/** What an order's flags say. */
export interface DecodedTerms {
  readonly allOrNone: boolean;
  readonly exactPayment: boolean;
  readonly observed: boolean;
  readonly minFill: bigint;
  readonly transferred: boolean;
  readonly approved: boolean;
  readonly private: boolean;
  readonly released: boolean;
}

/**
 * The flags for these choices. The contract keeps a minimum fill as a power of two: the largest that is not above what
 * is asked for.
 * @throws RangeError when the minimum fill is below 1 or above 2^96 − 1.
 */
export function encodeTerms({ allOrNone, exactPayment, observed, minFill = 1n }: OrderTerms = {}): number {
  if (minFill < 1n || minFill > MAX_AMOUNT) throw new RangeError(`Minimum fill ${minFill} is outside 1 to 2^96 - 1.`);
  return (
    (exactPayment === true ? OrderFlags.EXACT_PAYMENT : 0) |
    (observed === true ? OrderFlags.OBSERVED : 0) |
    (allOrNone === true ? ALL_OR_NONE : (bitLength(minFill) - 1) << MIN_FILL_SHIFT)
  );
}

/** What an order's flags say. */
export function decodeTerms(terms: number): DecodedTerms {
  return {
    allOrNone: (terms & ALL_OR_NONE) === ALL_OR_NONE,
    exactPayment: hasFlag(terms, OrderFlags.EXACT_PAYMENT),
    observed: hasFlag(terms, OrderFlags.OBSERVED),
    minFill: minFillOf(terms),
    transferred: hasFlag(terms, OrderFlags.TRANSFERRED),
    approved: hasFlag(terms, OrderFlags.APPROVED),
    private: hasFlag(terms, OrderFlags.PRIVATE),
    released: hasFlag(terms, OrderFlags.RELEASED),
  };
}

/** Whether the terms hold a bit of `OrderFlags`. */
export function hasFlag(terms: number, flag: number): boolean {
  return (terms & flag) !== 0;
}

/** The least a fill may take unless it takes all that remains, in units of the sold token. */
export function minFillOf(terms: number): bigint {
  return 1n << BigInt((terms >> MIN_FILL_SHIFT) & MIN_FILL_MASK);
}
