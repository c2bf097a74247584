import { packOrderId } from "@cxmpute/sdk";
import { and, eq, gte, lt } from "ponder";
import { ponder } from "ponder:registry";
import { account, order, transfer } from "ponder:schema";

import { lower, ZERO_ADDRESS } from "./lib/address.ts";
import { seqOf } from "./lib/seq.ts";
import { changeAccount } from "./store/account.ts";
import { cancelOrder, closeOrder } from "./store/order.ts";

ponder.on("OrderNFT:Transfer", async ({ event, context }) => {
  const [from, to, orderId] = [lower(event.args.from), lower(event.args.to), event.args.tokenId];
  // Creation has an event of its own, which says more.
  if (from === ZERO_ADDRESS) return;
  if (to === ZERO_ADDRESS) return cancelOrder(context, orderId, event);
  const timestamp = event.block.timestamp;

  await context.db.update(order, { id: orderId }).set({ owner: to, isTransferred: true, updatedAt: timestamp });
  await changeAccount(context, from, { balance: -1 });
  await changeAccount(context, to, { balance: 1 });
  await context.db.insert(transfer).values({
    seq: seqOf(event.block.number, event.log.logIndex),
    orderId,
    from,
    to,
    timestamp,
    tx: event.transaction.hash,
  });
});

ponder.on("OrderNFT:EpochRaised", async ({ event, context }) => {
  const { epoch } = event.args;
  const maker = lower(event.args.maker);
  await context.db
    .insert(account)
    .values({ address: maker, balance: 0, orderCount: 0, epoch })
    .onConflictDoUpdate({ epoch });

  const from = packOrderId({ maker, nonce: 0n, expiry: 0 });
  const to = packOrderId({ maker, nonce: epoch, expiry: 0 });
  const dead = await context.db.sql
    .select()
    .from(order)
    .where(and(gte(order.id, from), lt(order.id, to), eq(order.status, "open"), eq(order.isTransferred, false)));
  for (const row of dead) await closeOrder(context, row, "dead", event.block);
});
