import type { Address } from "viem";

/** One, where health and bonuses are in 1e18. */
export const WAD = 10n ** 18n;

/** The oracle's `Quality`. */
export const Quality = { Halted: 0, Fallback: 1, Pending: 2, Fresh: 3 } as const;

/** A time that never comes: the largest number of 256 bits. */
export const NEVER = (1n << 256n) - 1n;

/** A pool and its price, as the lens showed them. */
export interface Market {
  readonly id: number;
  readonly asset: Address;
  readonly pool: Address;
  /** Units of a whole token. */
  readonly unit: bigint;
  /** Of a liquidation that seizes it, 1e18. */
  readonly bonus: bigint;
  readonly thresholdBps: bigint;
  readonly quality: number;
  /** 1e18 USD for a whole token. */
  readonly low: bigint;
  readonly high: bigint;
  /** First second at which a liquidation may rely on the price. */
  readonly liquidatableFrom: bigint;
  /** Liquidations wait 15 minutes from then on, seconds. */
  readonly pausedUntil: bigint;
}

/** An account over all pools, as the lens showed it. Values in 1e18 USD. */
export interface Borrower {
  readonly account: Address;
  /** Bit `id` is set where its shares are collateral. */
  readonly collateralBits: bigint;
  /** Bit `id` is set where it owes. */
  readonly debtBits: bigint;
  /** Bit `id` is set where the pool gave no answer. */
  readonly unreadable: bigint;
  readonly collateral: bigint;
  readonly debt: bigint;
  /** At the prices that count against it, 1e18. */
  readonly health: bigint;
  /** At the prices that favour it: below 1 it can be liquidated. */
  readonly healthInFavour: bigint;
  readonly liquidatableFrom: bigint;
}

/** What the signer can repay with, of one asset. */
export interface Capital {
  readonly balance: bigint;
  /** What the pool may take of it. */
  readonly allowance: bigint;
}
