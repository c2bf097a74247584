import type { Floor } from "../types.ts";

/** What a call costs and brings, in wei of the coin. */
export interface Economics {
  readonly worth: bigint;
  readonly gas: bigint;
  /** Most that a gas can cost. */
  readonly maxFee: bigint;
  readonly marginPercent: number;
}

/** Whether a call pays, what it must bring at least, and the part of its gains that this is. */
export interface Decision {
  readonly pays: boolean;
  readonly cost: bigint;
  readonly needed: bigint;
  readonly floor: Floor;
}

/**
 * A call pays when it is worth more than its gas at the highest fee plus the margin. The floor is the part of the gains
 * that is worth just that: a call that still brings it is better landed than reverted, one that brings less is not.
 */
export function decide({ worth, gas, maxFee, marginPercent }: Economics): Decision {
  const cost = gas * maxFee;
  // Hundredths of a percent, so that a margin of 12.5 % is exact.
  const needed = (cost * BigInt(10_000 + Math.round(marginPercent * 100)) + 9_999n) / 10_000n;
  const pays = worth > needed;
  return {
    pays,
    cost,
    needed,
    floor: pays ? { numerator: needed, denominator: worth } : { numerator: 1n, denominator: 1n },
  };
}

/** `floor` of an amount, rounded up: never below what is needed. */
export function floorOf(amount: bigint, { numerator, denominator }: Floor): bigint {
  return (amount * numerator + denominator - 1n) / denominator;
}
