export const LOGS_PER_BLOCK = 1_000_000n;

/** A log's place in the chain's history. */
export function seqOf(block: bigint, logIndex: number): bigint {
  return block * LOGS_PER_BLOCK + BigInt(logIndex);
}
