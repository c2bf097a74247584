import { ponder } from "ponder:registry";
import { protocol } from "ponder:schema";

import { lower, ZERO_ADDRESS } from "./lib/address.ts";

const NEVER = 2n ** 40n - 1n;

ponder.on("OrderNFT:setup", async ({ context }) => {
  await context.db.insert(protocol).values({
    address: context.contracts.OrderNFT.address,
    takerFee: 0,
    pausedUntil: 0n,
    isRetired: false,
    lastRefundSeq: 0n,
  });
});

ponder.on("OrderNFT:TakerFeeSet", async ({ event, context }) => {
  await context.db
    .update(protocol, { address: context.contracts.OrderNFT.address })
    .set({ takerFee: Number(event.args.fee) });
});

ponder.on("OrderNFT:FeeCollectorSet", async ({ event, context }) => {
  await context.db
    .update(protocol, { address: context.contracts.OrderNFT.address })
    .set({ feeCollector: lower(event.args.collector) });
});

ponder.on("OrderNFT:FeeDiscountSet", async ({ event, context }) => {
  const discount = lower(event.args.discount);
  await context.db
    .update(protocol, { address: context.contracts.OrderNFT.address })
    .set({ feeDiscount: discount === ZERO_ADDRESS ? null : discount });
});

ponder.on("OrderNFT:Paused", async ({ event, context }) => {
  await context.db
    .update(protocol, { address: context.contracts.OrderNFT.address })
    .set({ pausedUntil: event.args.until });
});

ponder.on("OrderNFT:Unpaused", async ({ event, context }) => {
  await context.db
    .update(protocol, { address: context.contracts.OrderNFT.address })
    .set({ pausedUntil: event.block.timestamp });
});

ponder.on("OrderNFT:Retired", async ({ context }) => {
  await context.db
    .update(protocol, { address: context.contracts.OrderNFT.address })
    .set({ pausedUntil: NEVER, isRetired: true });
});
