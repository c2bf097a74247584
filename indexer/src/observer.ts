import { ponder } from "ponder:registry";
import { observedPair } from "ponder:schema";

import { pairOf } from "./lib/pair.ts";

ponder.on("PairObserver:ObservationGrown", async ({ event, context }) => {
  const { id, token0, token1 } = pairOf(event.args.token0, event.args.token1);
  const { cardinality } = event.args;
  await context.db
    .insert(observedPair)
    .values({ pairId: id, token0, token1, cardinality, observations: 0, volume0: 0n, volume1: 0n })
    .onConflictDoUpdate({ cardinality });
});

ponder.on("PairObserver:Observed", async ({ event, context }) => {
  const { id } = pairOf(event.args.token0, event.args.token1);
  await context.db.update(observedPair, { pairId: id }).set((row) => ({
    observations: row.observations + 1,
    volume0: row.volume0 + event.args.amount0,
    volume1: row.volume1 + event.args.amount1,
    lastObservedAt: event.block.timestamp,
  }));
});
