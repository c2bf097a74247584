import { parseTransaction, type Hex, type TransactionReceipt } from "viem";

import type { Context } from "../context.ts";
import type { Attempt } from "../store/schema.ts";

/**
 * Coin that a landed call kept of what was sent with it, in wei: what the signer's balance lost over its block beyond the
 * gas, since nothing else of the signer's is in flight. A node that no longer knows the block's balances leaves all that
 * was sent.
 */
export async function coinPaid(
  { access, account }: Context,
  attempt: Attempt,
  receipt: TransactionReceipt,
  gasCost: bigint,
): Promise<bigint> {
  const sent = parseTransaction(attempt.raw as Hex).value ?? 0n;
  if (sent === 0n || receipt.status !== "success") return 0n;
  const balanceAt = (blockNumber: bigint): Promise<bigint> =>
    access.read.getBalance({ address: account.address, blockNumber });
  try {
    const [before, after] = await Promise.all([balanceAt(receipt.blockNumber - 1n), balanceAt(receipt.blockNumber)]);
    const lost = before - after - gasCost;
    // Coin that came from elsewhere in the same block would hide a part.
    return lost < 0n ? 0n : lost < sent ? lost : sent;
  } catch {
    return sent;
  }
}
