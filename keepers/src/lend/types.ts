/** A time that never comes: the largest number of 256 bits. */
export const NEVER = (1n << 256n) - 1n;

/** What the signer can repay with, of one asset. */
export interface Capital {
  readonly balance: bigint;
  /** What the pool may take of it. */
  readonly allowance: bigint;
}
