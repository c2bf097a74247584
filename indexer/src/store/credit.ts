import { hasFlag, OrderFlags } from "@cxmpute/sdk";
import { fill, order, protocol } from "ponder:schema";
import type { Address } from "viem";

import type { Context } from "./context.ts";

/** Remembers that a refund went out after log `seq`: if it was refused, the next log says so. */
export async function noteRefund({ db, contracts }: Context, seq: bigint): Promise<void> {
  await db.update(protocol, { address: contracts.OrderNFT.address }).set({ lastRefundSeq: seq });
}

/**
 * Why the order book credited somebody, which the event does not say.
 *
 * A refused refund follows an amendment or a cancellation at once. A relayer is credited as soon as a leg's last order
 * is written, before any token moves: the log follows the fill's, with at most the burn and the observation of that
 * fill between. A refused payment comes after transfers of tokens.
 */
export async function classifyCredit(
  { db, contracts }: Context,
  seq: bigint,
  creditToken: Address,
): Promise<"payment" | "refund" | "relayerFee"> {
  const parameters = await db.find(protocol, { address: contracts.OrderNFT.address });
  if (parameters?.lastRefundSeq === seq - 1n) return "refund";

  for (const distance of [1n, 2n, 3n]) {
    const last = await db.find(fill, { seq: seq - distance });
    if (last === null) continue;
    const filled = await db.find(order, { id: last.orderId });
    const isObserved = filled !== null && hasFlag(filled.terms, OrderFlags.OBSERVED);
    const between = (last.isLast ? 1n : 0n) + (isObserved ? 1n : 0n);
    return distance === 1n + between && last.sellToken === creditToken ? "relayerFee" : "payment";
  }
  return "payment";
}
