import { inArray } from "ponder";
import { db } from "ponder:api";
import { pair } from "ponder:schema";

import { indexedHead } from "../book/head.ts";

const PERIOD = 100;

type Listener = (revision: number) => void;

const listeners = new Map<string, Set<Listener>>();
const revisions = new Map<string, number>();
let timer: NodeJS.Timeout | undefined;

/**
 * Tells `listener` the revision of a pair's book at once and after every change, a reorganisation included. However
 * many listen, the tables are asked once every 100 ms, for the pairs that are listened to, and not at all otherwise:
 * that works beside the indexer and in a process of its own alike.
 * @returns A function that ends it.
 */
export function watchPair(pairId: string, listener: Listener): () => void {
  const others = listeners.get(pairId) ?? new Set();
  listeners.set(pairId, others.add(listener));
  const known = revisions.get(pairId);
  if (known !== undefined) listener(known);
  timer ??= setTimeout(() => void poll(), 0);
  return () => {
    others.delete(listener);
    if (others.size > 0) return;
    listeners.delete(pairId);
    revisions.delete(pairId);
  };
}

async function poll(): Promise<void> {
  try {
    const { block } = await indexedHead();
    const rows = await db
      .select({ id: pair.id, revision: pair.revision, revisionBlock: pair.revisionBlock })
      .from(pair)
      .where(inArray(pair.id, [...listeners.keys()]));
    for (const { id, revision, revisionBlock } of rows) {
      // A block beyond the head is being written: what it changes is told when all of it is there.
      if (revisions.get(id) === revision || revisionBlock > block) continue;
      revisions.set(id, revision);
      for (const listener of listeners.get(id) ?? []) listener(revision);
    }
  } catch {
    // The database is away: the next round says what changed meanwhile.
  }
  timer = listeners.size === 0 ? undefined : setTimeout(() => void poll(), PERIOD);
}
