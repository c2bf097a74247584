import { ponder } from "ponder:registry";
import { credit, creditEvent, token } from "ponder:schema";

import { lower } from "./lib/address.ts";
import { seqOf } from "./lib/seq.ts";
import { classifyCredit } from "./store/credit.ts";

ponder.on("OrderNFT:Credited", async ({ event, context }) => {
  const { amount } = event.args;
  const [account, creditToken] = [lower(event.args.account), lower(event.args.token)];
  const seq = seqOf(event.block.number, event.log.logIndex);
  const kind = await classifyCredit(context, seq, creditToken);
  const relayerFees = kind === "relayerFee" ? amount : 0n;

  await context.db
    .insert(credit)
    .values({ account, token: creditToken, amount, withdrawn: 0n, relayerFees })
    .onConflictDoUpdate((row) => ({
      amount: row.amount + amount,
      relayerFees: row.relayerFees + relayerFees,
    }));
  await context.db.insert(creditEvent).values({
    seq,
    account,
    token: creditToken,
    kind,
    amount,
    timestamp: event.block.timestamp,
    tx: event.transaction.hash,
  });
});

ponder.on("OrderNFT:CreditWithdrawn", async ({ event, context }) => {
  const { amount } = event.args;
  const [account, creditToken] = [lower(event.args.account), lower(event.args.token)];

  await context.db.update(credit, { account, token: creditToken }).set((row) => ({
    amount: row.amount - amount,
    withdrawn: row.withdrawn + amount,
  }));
  await context.db.insert(creditEvent).values({
    seq: seqOf(event.block.number, event.log.logIndex),
    account,
    token: creditToken,
    kind: "withdrawal",
    amount,
    to: lower(event.args.to),
    timestamp: event.block.timestamp,
    tx: event.transaction.hash,
  });
});

ponder.on("OrderNFT:FeesSwept", async ({ event, context }) => {
  const { amount } = event.args;
  await context.db.update(token, { address: lower(event.args.token) }).set((row) => ({
    accruedFees: row.accruedFees - amount,
    sweptFees: row.sweptFees + amount,
  }));
});
