import type { Address } from "viem";

import type { Price } from "./price.ts";

/** The contract's `FillStatus`, as far as keepers ask for it. */
export const FillStatus = {
  Fillable: 0,
  Nonexistent: 1,
  Expired: 2,
  Cancelled: 3,
  Private: 4,
  NotReleased: 5,
} as const;

/** Order flags that keepers ask for. */
export const OrderFlags = {
  RELEASED: 1 << 3,
  /** Where the binary logarithm of the minimum fill stands. */
  MIN_FILL_SHIFT: 7,
  MIN_FILL_MASK: 0x7f,
} as const;

/** An order as the lens showed it to the matcher. */
export interface ViewOrder {
  readonly id: bigint;
  readonly maker: Address;
  readonly sellToken: Address;
  readonly buyToken: Address;
  /** Units of the sold token. */
  readonly remaining: bigint;
  /** What a fill could take at the block of the read. */
  readonly available: bigint;
  readonly price: Price;
  readonly terms: number;
  /** First second at which it cannot be filled; 2^32 − 1 for never. */
  readonly expiry: number;
  readonly status: number;
}
