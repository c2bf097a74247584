import { Repeater } from "graphql-yoga";
import { desc, eq } from "ponder";
import { db } from "ponder:api";
import { fill } from "ponder:schema";

import { pairChanges } from "./pairChanges.ts";

/** Fills that are remembered, to tell new ones from known ones and to notice those that a reorganisation took back. */
const WINDOW = 500;

type FillRow = typeof fill.$inferSelect;

export interface FillsChange {
  /** Oldest first. */
  readonly added: readonly FillRow[];
  readonly removed: readonly bigint[];
}

/** The pair's fills from now on. More than 500 between two looks leave out the oldest of them. */
export function fillChanges(pairId: string): Repeater<FillsChange> {
  return new Repeater<FillsChange>(async (push, stop) => {
    const changes = pairChanges(pairId);
    void stop.then(() => changes.return());
    let known = await newestFills(pairId);
    for await (const _ of changes) {
      const current = await newestFills(pairId);
      const change = compare(known, current);
      known = current;
      if (change.added.length > 0 || change.removed.length > 0) await push(change);
    }
  });
}

/** By place and content: another fill may take the place of one that was taken back. */
async function newestFills(pairId: string): Promise<Map<string, FillRow>> {
  const rows = await db.select().from(fill).where(eq(fill.pairId, pairId)).orderBy(desc(fill.seq)).limit(WINDOW);
  return new Map(rows.reverse().map((row) => [`${row.seq} ${row.tx} ${row.orderId} ${row.sold} ${row.paid}`, row]));
}

function compare(known: ReadonlyMap<string, FillRow>, current: ReadonlyMap<string, FillRow>): FillsChange {
  const [oldest] = current.values();
  const isFull = current.size === WINDOW;
  const removed = [...known]
    .filter(([key, row]) => !current.has(key) && (!isFull || oldest === undefined || row.seq >= oldest.seq))
    .map(([, row]) => row.seq);
  return { added: [...current].filter(([key]) => !known.has(key)).map(([, row]) => row), removed };
}
