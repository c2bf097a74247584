import { type LendChanges, type Sent, waitForLend } from "@cxmpute/sdk";
import type { TransactionReceipt } from "viem";

import type { SenderContext } from "./context.ts";

/** Waits for a transaction at a pool that an action of the SDK has sent, and reads what it did. */
export async function settleLend(
  { client }: SenderContext,
  sent: Promise<Sent<unknown>>,
): Promise<LendChanges & { readonly receipt: TransactionReceipt }> {
  return waitForLend(client, { hash: (await sent).hash });
}
