import { TransactionReceiptNotFoundError, type Hex, type TransactionReceipt } from "viem";

import type { Context } from "../context.ts";

/** A transaction's receipt, or undefined when it is in no block. Throws when the node does not answer. */
export async function findReceipt({ access }: Context, hash: Hex): Promise<TransactionReceipt | undefined> {
  try {
    return await access.read.getTransactionReceipt({ hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined;
    throw error;
  }
}
