import type { Address, TransactionReceipt } from "viem";

import type { Context } from "../context.ts";
import { insertBooking } from "../store/bookings.ts";
import type { Attempt, Intent } from "../store/schema.ts";
import { balanceChanges } from "./balanceChanges.ts";
import { coinPaid } from "./coinPaid.ts";

/** Books a receipt exactly: gas in wei, and what recipient and signer together gained or lost. */
export async function bookReceipt(
  context: Context,
  intent: Intent,
  attempt: Attempt,
  receipt: TransactionReceipt,
): Promise<void> {
  const { store, metrics, log, now } = context;
  const success = receipt.status === "success";
  const changes =
    attempt.kind === "call"
      ? balanceChanges(
          receipt,
          [intent.recipient as Address, intent.signer as Address],
          intent.tokens as readonly Address[],
        )
      : [];
  const gasCost = receipt.gasUsed * receipt.effectiveGasPrice;
  await insertBooking(
    store.db(),
    {
      hash: attempt.hash,
      intentId: intent.id,
      bot: intent.bot,
      kind: attempt.kind,
      success,
      blockNumber: receipt.blockNumber,
      blockHash: receipt.blockHash,
      gasUsed: receipt.gasUsed,
      gasPrice: receipt.effectiveGasPrice,
      gasCost,
      coinPaid: await coinPaid(context, attempt, receipt, gasCost),
      final: false,
      bookedAt: new Date(now()),
    },
    changes.filter(({ amount }) => amount !== 0n),
  );
  const result = attempt.kind === "cancel" ? "cancelled" : success ? "success" : "reverted";
  metrics.landed.inc({ bot: intent.bot, result });
  log.info(
    { bot: intent.bot, key: intent.key, hash: attempt.hash, block: receipt.blockNumber, result, gasCost, changes },
    "landed",
  );
}
