import { index, onchainEnum, onchainTable, primaryKey } from "ponder";

/**
 * What the events of the oracle say. Answers are in the feed's decimals, times in seconds. `updatedAt` is Chainlink's
 * time, `observedAt` that of the Ethereum block that saw it, `timestamp` this chain's.
 */

export const oracleRecordKind = onchainEnum("oracle_record_kind", ["accepted", "pending", "ignored"]);

export const oracleSourceKind = onchainEnum("oracle_source_kind", ["feed", "aggregator", "dex"]);

export const oracleFeed = onchainTable("oracle_feeds", (t) => ({
  feedId: t.bigint().primaryKey(),
  decimals: t.integer().notNull(),
  /** Chainlink's own; an update is valid a tenth longer. */
  heartbeat: t.integer().notNull(),
  /** The accepted answer; zero before the first. */
  answer: t.bigint().notNull(),
  updatedAt: t.bigint().notNull(),
  observedAt: t.bigint().notNull(),
  acceptedAt: t.bigint(),
  /** A jump that awaits its confirmation; null when there is none. */
  pendingAnswer: t.bigint(),
  pendingUpdatedAt: t.bigint(),
  pendingObservedAt: t.bigint(),
  /** From when an observation, and a delivery, can confirm it. */
  observedFrom: t.bigint(),
  deliveredFrom: t.bigint(),
  /** No liquidation relies on it before; null when it was never stale. */
  graceUntil: t.bigint(),
  acceptedCount: t.integer().notNull(),
  pendingCount: t.integer().notNull(),
  ignoredCount: t.integer().notNull(),
}));

/** A record as it was delivered. */
export const oracleRecord = onchainTable(
  "oracle_records",
  (t) => ({
    seq: t.bigint().primaryKey(),
    feedId: t.bigint().notNull(),
    kind: oracleRecordKind().notNull(),
    /** An ignored record's event does not tell it. */
    answer: t.bigint(),
    updatedAt: t.bigint(),
    observedAt: t.bigint().notNull(),
    observedFrom: t.bigint(),
    deliveredFrom: t.bigint(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({ feed: index("oracle_records_feed").on(t.feedId, t.seq) }),
);

/** Where an asset's prices come from: the first that has one. */
export const oracleSource = onchainTable(
  "oracle_sources",
  (t) => ({
    asset: t.hex().notNull(),
    index: t.integer().notNull(),
    kind: oracleSourceKind().notNull(),
    /** Of a feed. */
    feedId: t.bigint(),
    /** Of an aggregator, its address; of the DEX, the quote token. */
    at: t.hex(),
    heartbeat: t.integer(),
    minVolume: t.bigint(),
    minBlocks: t.integer(),
    /** Of an aggregator: known to be valid without a gap since, and until. */
    freshSince: t.bigint(),
    validUntil: t.bigint(),
    setAt: t.bigint().notNull(),
  }),
  (t) => ({ pk: primaryKey({ columns: [t.asset, t.index] }) }),
);

/** One row: the receiver, and the stalls of the chain that it found. */
export const oracleReceiver = onchainTable("oracle_receivers", (t) => ({
  address: t.hex().primaryKey(),
  /** Milliseconds. */
  blockTime: t.integer().notNull(),
  stallCount: t.integer().notNull(),
  /** The last stall that was found: milliseconds missing, and until when liquidations waited. */
  stallMissing: t.bigint(),
  stallUntil: t.bigint(),
}));
