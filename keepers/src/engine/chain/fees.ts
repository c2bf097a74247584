/** Fees of a type-2 transaction, in wei a gas. */
export interface Fees {
  readonly maxFee: bigint;
  readonly priorityFee: bigint;
}

/** Bounds that the operator sets. */
export interface FeePolicy {
  /** Never more than this a gas, in wei. */
  readonly cap: bigint;
  /** Least tip, in wei; at least 1, because a tip of 0 cannot be bumped. */
  readonly minTip: bigint;
}

/** Room for the base fee to rise in the two blocks after the decision. */
const BASE_FEE_ROOM = { numerator: 5n, denominator: 4n };

/** Nodes ask for 10 % more to replace a transaction; 12 % leaves room for their rounding. */
const BUMP = { numerator: 112n, denominator: 100n };

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * What to offer now.
 * @param tip what the node suggests
 * @returns undefined when the base fee alone is above the cap
 */
export function suggestFees(baseFee: bigint, tip: bigint, policy: FeePolicy): Fees | undefined {
  const priorityFee = max(tip, policy.minTip);
  if (baseFee + policy.minTip > policy.cap) return undefined;
  const maxFee = min((baseFee * BASE_FEE_ROOM.numerator) / BASE_FEE_ROOM.denominator + priorityFee, policy.cap);
  return { maxFee, priorityFee: min(priorityFee, maxFee) };
}

/**
 * Both fees 12 % higher, rounded up, and no lower than what the network asks for now.
 * @param wanted what would be offered for a new transaction; undefined leaves the bump alone
 * @returns undefined when that is above the cap: the last attempt then stays as it is
 */
export function bumpFees(last: Fees, wanted: Fees | undefined, policy: FeePolicy): Fees | undefined {
  const bumped = (fee: bigint): bigint => (fee * BUMP.numerator + BUMP.denominator - 1n) / BUMP.denominator;
  const maxFee = max(bumped(last.maxFee), wanted?.maxFee ?? 0n);
  const priorityFee = max(bumped(last.priorityFee), wanted?.priorityFee ?? 0n);
  if (maxFee > policy.cap) {
    const least = bumped(last.maxFee);
    return least > policy.cap
      ? undefined
      : { maxFee: policy.cap, priorityFee: min(bumped(last.priorityFee), policy.cap) };
  }
  return { maxFee, priorityFee: min(priorityFee, maxFee) };
}
