import { setTimeout as sleep } from "node:timers/promises";

import { eq } from "ponder";
import { db } from "ponder:api";
import { pair } from "ponder:schema";

import { indexedHead, type Head } from "./head.ts";

const TRIES = 40;
const PAUSE = 25;

export type PairRow = typeof pair.$inferSelect;

/**
 * Reads a pair's book by several queries as it is after one block. Ponder writes a block's rows in one transaction on
 * Postgres and in none on PGlite; the checkpoint comes last on both. So a read counts when no block that changed the
 * pair was under way or came between. A pair that changes in every instant is read as well as can be.
 * @returns Null for a pair without orders.
 */
export async function consistently<T>(
  pairId: string,
  read: (head: Head) => Promise<T>,
): Promise<{ readonly head: Head; readonly pair: PairRow; readonly result: T } | null> {
  for (let tried = 1; ; tried += 1) {
    const [head, before] = await Promise.all([indexedHead(), readRow(pairId)]);
    if (before === undefined) return null;
    if (before.revisionBlock <= head.block || tried === TRIES) {
      const result = await read(head);
      const after = await readRow(pairId);
      const isSame = after?.revision === before.revision && after.revisionBlock === before.revisionBlock;
      if (isSame || tried === TRIES) return { head, pair: before, result };
    }
    await sleep(PAUSE);
  }
}

async function readRow(pairId: string): Promise<PairRow | undefined> {
  const [row] = await db.select().from(pair).where(eq(pair.id, pairId));
  return row;
}
