import { hasFlag, OrderFlags, unpackOrderId } from "@cxmpute/sdk";
import { ponder } from "ponder:registry";
import { fill, order, token } from "ponder:schema";

import { lower } from "./lib/address.ts";
import { seqOf } from "./lib/seq.ts";
import { changeAccount } from "./store/account.ts";
import { addToCandles } from "./store/candle.ts";
import { noteRefund } from "./store/credit.ts";
import { changeLevel, isInLevel } from "./store/level.ts";
import { changeOrder } from "./store/order.ts";
import { addOrderToPair, touchPair } from "./store/pair.ts";

ponder.on("OrderNFT:OrderCreated", async ({ event, context }) => {
  const { id, sellAmount, price } = event.args;
  const [sellToken, buyToken] = [lower(event.args.sellToken), lower(event.args.buyToken)];
  const { expiry, ...parts } = unpackOrderId(id);
  const maker = lower(parts.maker);
  const terms = Number(event.args.terms);
  const timestamp = event.block.timestamp;
  const seq = seqOf(event.block.number, event.log.logIndex);

  const pairId = await addOrderToPair(context, { sellToken, buyToken }, event.block);
  await changeAccount(context, maker, { balance: 1, orderCount: 1 });
  const row = {
    id,
    pairId,
    maker,
    expiry: BigInt(expiry),
    sellToken,
    buyToken,
    owner: maker,
    status: "open" as const,
    initialAmount: sellAmount,
    remaining: sellAmount,
    price,
    terms,
    isReleased: hasFlag(terms, OrderFlags.RELEASED),
    isPrivate: hasFlag(terms, OrderFlags.PRIVATE),
    isTransferred: false,
    sold: 0n,
    paid: 0n,
    fees: 0n,
    refund: 0n,
    fillCount: 0,
    createdAt: timestamp,
    createdTx: event.transaction.hash,
    createdSeq: seq,
    updatedAt: timestamp,
    priority: seq,
  };
  await context.db.insert(order).values(row);
  if (isInLevel(row)) await changeLevel(context, row, sellAmount, 1);
});

ponder.on("OrderNFT:PrivateTakerSet", async ({ event, context }) => {
  await context.db.update(order, { id: event.args.id }).set({ privateTaker: lower(event.args.taker) });
});

ponder.on("OrderNFT:ReleaseSet", async ({ event, context }) => {
  await context.db.update(order, { id: event.args.id }).set((row) => ({
    releaseStart: event.args.start,
    releaseEnd: event.args.end,
    releaseInitial: row.initialAmount,
  }));
});

ponder.on("OrderNFT:OrderFilled", async ({ event, context }) => {
  const { id, sold, paid, fee } = event.args;
  const timestamp = event.block.timestamp;
  const row = await changeOrder(context, id, (before) => ({
    remaining: before.remaining - sold,
    status: sold === before.remaining ? "filled" : before.status,
    sold: before.sold + sold,
    paid: before.paid + paid,
    fees: before.fees + fee,
    fillCount: before.fillCount + 1,
    updatedAt: timestamp,
  }));
  const isLast = sold === row.remaining;
  if (isInLevel(row)) await changeLevel(context, row, -sold, isLast ? -1 : 0);
  if (isLast) await changeAccount(context, row.owner, { balance: -1 });
  if (fee !== 0n) {
    await context.db
      .update(token, { address: row.sellToken })
      .set((existing) => ({ accruedFees: existing.accruedFees + fee }));
  }

  const [amount0, amount1] = row.sellToken < row.buyToken ? [sold, paid] : [paid, sold];
  await touchPair(context, row.pairId, event.block, (existing) => ({
    openOrders: existing.openOrders - (isLast && row.status === "open" ? 1 : 0),
    fillCount: existing.fillCount + 1,
    volume0: existing.volume0 + amount0,
    volume1: existing.volume1 + amount1,
    lastAmount0: amount0,
    lastAmount1: amount1,
    lastFillAt: timestamp,
  }));
  await addToCandles(context, row.pairId, { timestamp, amount0, amount1 });
  await context.db.insert(fill).values({
    seq: seqOf(event.block.number, event.log.logIndex),
    orderId: id,
    pairId: row.pairId,
    sellToken: row.sellToken,
    buyToken: row.buyToken,
    owner: row.owner,
    recipient: lower(event.args.recipient),
    sender: lower(event.transaction.from),
    sold,
    paid,
    fee,
    isLast,
    timestamp,
    tx: event.transaction.hash,
  });
});

ponder.on("OrderNFT:OrderAmended", async ({ event, context }) => {
  const { id, remaining, price } = event.args;
  const seq = seqOf(event.block.number, event.log.logIndex);
  const row = await changeOrder(context, id, (before) => ({
    remaining,
    price,
    releaseInitial: before.releaseInitial === null ? null : before.releaseInitial + remaining - before.remaining,
    priority: price !== before.price || remaining > before.remaining ? seq : before.priority,
    updatedAt: event.block.timestamp,
  }));
  if (isInLevel(row)) {
    await changeLevel(context, row, -row.remaining, -1);
    await changeLevel(context, { ...row, price }, remaining, 1);
  }
  // MetadataUpdate lies between an amendment and its refund.
  await noteRefund(context, seq + 1n);
  await touchPair(context, row.pairId, event.block);
});
