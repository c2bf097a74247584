import { and, desc, eq, gte, sql } from "drizzle-orm";

import type { Gain } from "../types.ts";
import type { Database } from "./database.ts";
import type { Scope } from "./intents.ts";
import { booking, bookingToken, intent, type Booking } from "./schema.ts";

/** Books a landed transaction once; the intent is landed from then on. */
export async function insertBooking(db: Database, row: Booking, changes: readonly Gain[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(booking).values(row);
    if (changes.length > 0) {
      await tx.insert(bookingToken).values(changes.map(({ token, amount }) => ({ hash: row.hash, token, amount })));
    }
    await tx.update(intent).set({ status: "landed" }).where(eq(intent.id, row.intentId));
  });
}

/** Takes a booking back whose block is no longer part of the chain; the intent is open again. */
export async function removeBooking(db: Database, row: Booking): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(booking).where(eq(booking.hash, row.hash));
    await tx.update(intent).set({ status: "open" }).where(eq(intent.id, row.intentId));
  });
}

/** Closes a booking for good. */
export async function finishBooking(db: Database, row: Booking): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(booking).set({ final: true }).where(eq(booking.hash, row.hash));
    await tx.update(intent).set({ status: "final" }).where(eq(intent.id, row.intentId));
  });
}

const ofScope = (scope: Scope) => and(eq(intent.chain, scope.chain), eq(intent.signer, scope.signer));

/** Bookings that a reorganisation could still undo. */
export async function unfinishedBookings(db: Database, scope: Scope): Promise<Booking[]> {
  const rows = await db
    .select({ booking })
    .from(booking)
    .innerJoin(intent, eq(booking.intentId, intent.id))
    .where(and(ofScope(scope), eq(booking.final, false)));
  return rows.map((row) => row.booking);
}

/** The latest bookings, newest first. */
export async function latestBookings(db: Database, scope: Scope, limit: number): Promise<Booking[]> {
  const rows = await db
    .select({ booking })
    .from(booking)
    .innerJoin(intent, eq(booking.intentId, intent.id))
    .where(ofScope(scope))
    .orderBy(desc(booking.blockNumber))
    .limit(limit);
  return rows.map((row) => row.booking);
}

/** What all bookings of a scope come to. */
export interface Totals {
  /** Coin paid for gas, in wei. */
  readonly gasCost: bigint;
  /** Coin that calls kept, in wei. */
  readonly coinPaid: bigint;
  readonly transactions: number;
  readonly reverted: number;
  /** Change of the recipient's balances. */
  readonly tokens: readonly Gain[];
}

export async function totals(db: Database, scope: Scope): Promise<Totals> {
  const [sums] = await db
    .select({
      gasCost: sql<string>`coalesce(sum(${booking.gasCost}), 0)::text`,
      coinPaid: sql<string>`coalesce(sum(${booking.coinPaid}), 0)::text`,
      transactions: sql<number>`count(*)::int`,
      reverted: sql<number>`(count(*) filter (where not ${booking.success}))::int`,
    })
    .from(booking)
    .innerJoin(intent, eq(booking.intentId, intent.id))
    .where(ofScope(scope));
  const tokens = await db
    .select({ token: bookingToken.token, amount: sql<string>`sum(${bookingToken.amount})::text` })
    .from(bookingToken)
    .innerJoin(booking, eq(bookingToken.hash, booking.hash))
    .innerJoin(intent, eq(booking.intentId, intent.id))
    .where(ofScope(scope))
    .groupBy(bookingToken.token);
  return {
    gasCost: BigInt(sums?.gasCost ?? "0"),
    coinPaid: BigInt(sums?.coinPaid ?? "0"),
    transactions: sums?.transactions ?? 0,
    reverted: sums?.reverted ?? 0,
    tokens: tokens.map((row) => ({ token: row.token as `0x${string}`, amount: BigInt(row.amount) })),
  };
}

/** Coin that one bot has spent since `since`, on gas and with its calls, in wei. */
export async function spentSince(db: Database, scope: Scope, bot: string, since: Date): Promise<bigint> {
  const [row] = await db
    .select({ spent: sql<string>`coalesce(sum(${booking.gasCost} + ${booking.coinPaid}), 0)::text` })
    .from(booking)
    .innerJoin(intent, eq(booking.intentId, intent.id))
    .where(and(ofScope(scope), eq(booking.bot, bot), gte(booking.bookedAt, since)));
  return BigInt(row?.spent ?? "0");
}
