import { boolean, index, integer, jsonb, numeric, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

import type { Payload } from "../types.ts";

/** uint256 and products of it, exact. */
const amount = (name: string) => numeric(name, { precision: 100, scale: 0, mode: "bigint" });

export const keepers = pgSchema("keepers");

/**
 * What was decided, written before anything is sent. `open` until one of its attempts is in a block, `landed` until
 * that block is deep enough, then `final`; `lost` when a foreign transaction took its nonce; `refused` when no node
 * took its only attempt.
 */
export const intent = keepers.table(
  "intent",
  {
    id: text("id").primaryKey(),
    chain: text("chain").notNull(),
    signer: text("signer").notNull(),
    nonce: integer("nonce").notNull(),
    bot: text("bot").notNull(),
    key: text("key").notNull(),
    payload: jsonb("payload").$type<Payload>().notNull(),
    recipient: text("recipient").notNull(),
    tokens: jsonb("tokens").$type<readonly string[]>().notNull(),
    expectedCoin: amount("expected_coin").notNull(),
    status: text("status").$type<IntentStatus>().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true, mode: "date" }).notNull(),
  },
  (table) => [index("intent_by_status").on(table.chain, table.signer, table.status)],
);

export type IntentStatus = "open" | "landed" | "final" | "lost" | "refused";

/**
 * A signed transaction of an intent; all attempts of an intent hold its nonce, so at most one lands. Signing is
 * deterministic: what was refused and is decided again can have the same hash.
 */
export const attempt = keepers.table(
  "attempt",
  {
    intentId: text("intent_id")
      .notNull()
      .references(() => intent.id),
    sequence: integer("sequence").notNull(),
    hash: text("hash").notNull(),
    kind: text("kind").$type<AttemptKind>().notNull(),
    raw: text("raw").notNull(),
    gasLimit: amount("gas_limit").notNull(),
    maxFee: amount("max_fee").notNull(),
    priorityFee: amount("priority_fee").notNull(),
    outcome: text("outcome").$type<AttemptOutcome>().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true, mode: "date" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.intentId, table.sequence] })],
);

/** `cancel` is a transfer of nothing to oneself that frees the nonce of a call that is no longer worth landing. */
export type AttemptKind = "call" | "cancel";

/** What the nodes said: `unsure` covers time-outs, where it may have been taken. */
export type AttemptOutcome = "new" | "accepted" | "unsure" | "underpriced" | "refused";

/** A transaction in a block: what it cost, in wei of the coin. Removed again when its block is. */
export const booking = keepers.table("booking", {
  hash: text("hash").primaryKey(),
  intentId: text("intent_id")
    .notNull()
    .unique()
    .references(() => intent.id),
  bot: text("bot").notNull(),
  kind: text("kind").$type<AttemptKind>().notNull(),
  success: boolean("success").notNull(),
  blockNumber: amount("block_number").notNull(),
  blockHash: text("block_hash").notNull(),
  gasUsed: amount("gas_used").notNull(),
  gasPrice: amount("gas_price").notNull(),
  gasCost: amount("gas_cost").notNull(),
  /** Coin that the call kept, in wei. */
  coinPaid: amount("coin_paid").notNull().default(0n),
  final: boolean("final").notNull(),
  bookedAt: timestamp("booked_at", { withTimezone: true, mode: "date" }).notNull(),
});

/** What recipient and signer together gained of one token by one booked transaction, in token units; negative when they paid. */
export const bookingToken = keepers.table(
  "booking_token",
  {
    hash: text("hash")
      .notNull()
      .references(() => booking.hash, { onDelete: "cascade" }),
    token: text("token").notNull(),
    amount: amount("amount").notNull(),
  },
  (table) => [primaryKey({ columns: [table.hash, table.token] })],
);

export type Intent = typeof intent.$inferSelect;
export type Attempt = typeof attempt.$inferSelect;
export type Booking = typeof booking.$inferSelect;
