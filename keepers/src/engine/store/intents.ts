import { and, asc, desc, eq, inArray } from "drizzle-orm";

import type { Database } from "./database.ts";
import { attempt, intent, type Attempt, type AttemptOutcome, type Intent, type IntentStatus } from "./schema.ts";

/** Whose intents: a signer on one chain, by chain id and genesis, so that a local chain that starts anew has new books. */
export interface Scope {
  readonly chain: string;
  readonly signer: string;
}

/** Writes an intent and its first transaction, both or neither. */
export async function insertIntent(db: Database, row: Intent, first: Attempt): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(intent).values(row);
    await tx.insert(attempt).values(first);
  });
}

export async function insertAttempt(db: Database, row: Attempt): Promise<void> {
  await db.insert(attempt).values(row);
}

export async function setOutcome(db: Database, row: Attempt, outcome: AttemptOutcome): Promise<void> {
  await db
    .update(attempt)
    .set({ outcome })
    .where(and(eq(attempt.intentId, row.intentId), eq(attempt.sequence, row.sequence)));
}

export async function setStatus(db: Database, id: string, status: IntentStatus): Promise<void> {
  await db.update(intent).set({ status }).where(eq(intent.id, id));
}

/** Intents in `statuses`, lowest nonce first. */
export async function intentsIn(db: Database, scope: Scope, statuses: readonly IntentStatus[]): Promise<Intent[]> {
  return db
    .select()
    .from(intent)
    .where(and(eq(intent.chain, scope.chain), eq(intent.signer, scope.signer), inArray(intent.status, [...statuses])))
    .orderBy(asc(intent.nonce));
}

/** The attempts of an intent, latest first. */
export async function attemptsOf(db: Database, intentId: string): Promise<Attempt[]> {
  return db.select().from(attempt).where(eq(attempt.intentId, intentId)).orderBy(desc(attempt.sequence));
}
