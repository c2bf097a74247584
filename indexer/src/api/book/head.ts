import { sql } from "ponder";
import { db } from "ponder:api";

export interface Head {
  readonly block: bigint;
  /** Seconds. */
  readonly timestamp: bigint;
}

/** The newest block whose events are in the tables; zeroes before the first. */
export async function indexedHead(): Promise<Head> {
  const { rows } = await db.execute<{ checkpoint: string }>(
    sql`select latest_checkpoint as checkpoint from _ponder_checkpoint limit 1`,
  );
  const checkpoint = rows[0]?.checkpoint;
  if (checkpoint === undefined) return { block: 0n, timestamp: 0n };
  // Ponder's checkpoints: timestamp in 10 digits, chain id in 16, block in 16, then what lies inside the block.
  return { timestamp: BigInt(checkpoint.slice(0, 10)), block: BigInt(checkpoint.slice(26, 42)) };
}

/** The time that the next block will have at least: the clock's, or the chain's where that runs ahead. */
export async function chainNow(head?: Head): Promise<bigint> {
  const { timestamp } = head ?? (await indexedHead());
  const clock = BigInt(Math.floor(Date.now() / 1_000));
  return clock > timestamp ? clock : timestamp;
}
