import { approveToken, type OrderChanges, type Sent, waitForOrders } from "@cxmpute/sdk";
import { erc20Abi, type TransactionReceipt } from "viem";

import type { SenderContext, Token } from "./context.ts";

/** Waits for a transaction that an action of the SDK has sent, and reads what it did to orders. */
export async function settle(
  { client }: SenderContext,
  sent: Promise<Sent<unknown>>,
): Promise<OrderChanges & { readonly receipt: TransactionReceipt }> {
  return waitForOrders(client, { hash: (await sent).hash });
}

/** Lets the order book take `amount` of the sender's token; sends nothing where it already may. */
export async function ensureAllowance(context: SenderContext, token: Token, amount: bigint): Promise<void> {
  const { client, wallet, sender, book, tokens } = context;
  const allowed = await client.readContract({
    address: token.address,
    abi: erc20Abi,
    functionName: "allowance",
    args: [sender, book],
  });
  if (allowed >= amount) return;
  await settle(context, approveToken(wallet, { token: token.address, spender: book, amount, tokens }));
}
