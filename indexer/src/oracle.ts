import { oracleFeed, oracleReceiver, oracleRecord, oracleSource } from "ponder:schema";

import { lower } from "./lib/address.ts";
import { onOracle } from "./lib/onDeployed.ts";
import { seqOf } from "./lib/seq.ts";
import { replaceSources } from "./store/oracle/sources.ts";

onOracle("PriceFeedReceiver:FeedAdded", async ({ event, context }) => {
  await context.db.insert(oracleFeed).values({
    feedId: event.args.feedId,
    decimals: Number(event.args.decimals),
    heartbeat: Number(event.args.heartbeat),
    answer: 0n,
    updatedAt: 0n,
    observedAt: 0n,
    acceptedCount: 0,
    pendingCount: 0,
    ignoredCount: 0,
  });
});

onOracle("PriceFeedReceiver:HeartbeatSet", async ({ event, context }) => {
  await context.db.update(oracleFeed, { feedId: event.args.feedId }).set({ heartbeat: Number(event.args.heartbeat) });
});

onOracle("PriceFeedReceiver:PriceAccepted", async ({ event, context }) => {
  const { feedId, answer, updatedAt, observedAt } = event.args;
  const { timestamp } = event.block;
  await context.db.update(oracleFeed, { feedId }).set((row) => ({
    answer,
    updatedAt,
    observedAt,
    acceptedAt: timestamp,
    pendingAnswer: null,
    pendingUpdatedAt: null,
    pendingObservedAt: null,
    observedFrom: null,
    deliveredFrom: null,
    acceptedCount: row.acceptedCount + 1,
  }));
  await context.db.insert(oracleRecord).values({
    seq: seqOf(event.block.number, event.log.logIndex),
    feedId,
    kind: "accepted",
    answer,
    updatedAt,
    observedAt,
    timestamp,
    tx: event.transaction.hash,
  });
});

onOracle("PriceFeedReceiver:PricePending", async ({ event, context }) => {
  const { feedId, answer, updatedAt, observedAt, observedFrom, deliveredFrom } = event.args;
  await context.db.update(oracleFeed, { feedId }).set((row) => ({
    pendingAnswer: answer,
    pendingUpdatedAt: updatedAt,
    pendingObservedAt: observedAt,
    observedFrom,
    deliveredFrom,
    pendingCount: row.pendingCount + 1,
  }));
  await context.db.insert(oracleRecord).values({
    seq: seqOf(event.block.number, event.log.logIndex),
    feedId,
    kind: "pending",
    answer,
    updatedAt,
    observedAt,
    observedFrom,
    deliveredFrom,
    timestamp: event.block.timestamp,
    tx: event.transaction.hash,
  });
});

onOracle("PriceFeedReceiver:RecordIgnored", async ({ event, context }) => {
  const { feedId, observedAt } = event.args;
  // A record may be of a feed that there is not.
  if ((await context.db.find(oracleFeed, { feedId })) !== null) {
    await context.db.update(oracleFeed, { feedId }).set((row) => ({ ignoredCount: row.ignoredCount + 1 }));
  }
  await context.db.insert(oracleRecord).values({
    seq: seqOf(event.block.number, event.log.logIndex),
    feedId,
    kind: "ignored",
    observedAt,
    timestamp: event.block.timestamp,
    tx: event.transaction.hash,
  });
});

onOracle("PriceFeedReceiver:FeedGraceStarted", async ({ event, context }) => {
  await context.db.update(oracleFeed, { feedId: event.args.feedId }).set({ graceUntil: event.args.until });
});

onOracle("PriceFeedReceiver:BlockTimeSet", async ({ event, context }) => {
  const blockTime = Number(event.args.milliseconds);
  await context.db
    .insert(oracleReceiver)
    .values({ address: lower(event.log.address), blockTime, stallCount: 0 })
    .onConflictDoUpdate({ blockTime });
});

onOracle("PriceFeedReceiver:StallFound", async ({ event, context }) => {
  await context.db.update(oracleReceiver, { address: lower(event.log.address) }).set((row) => ({
    stallCount: row.stallCount + 1,
    stallMissing: event.args.missing,
    stallUntil: event.args.until,
  }));
});

onOracle("PriceOracle:SourcesSet", async ({ event, context }) => {
  await replaceSources(context, lower(event.args.asset), event.args.sources, event.block.timestamp);
});

onOracle("PriceOracle:Watched", async ({ event, context }) => {
  const { freshSince, validUntil } = event.args;
  await context.db
    .update(oracleSource, { asset: lower(event.args.asset), index: Number(event.args.index) })
    .set({ freshSince, validUntil });
});
