import { approveToken, type OrderChanges, type Sent, waitForOrders } from "@cxmpute/sdk";
import { type Address, erc20Abi, type TransactionReceipt } from "viem";

import type { SenderContext, Token } from "./context.ts";

/** Waits for a transaction that an action of the SDK has sent, and reads what it did to orders. */
export async function settle(
  { client }: SenderContext,
  sent: Promise<Sent<unknown>>,
): Promise<OrderChanges & { readonly receipt: TransactionReceipt }> {
  return waitForOrders(client, { hash: (await sent).hash });
}

/** Lets the order book, or another, take `amount` of the sender's token; sends nothing where it already may. */
export async function ensureAllowance(
  context: SenderContext,
  token: Token,
  amount: bigint,
  spender: Address = context.book,
): Promise<void> {
  const { client, wallet, sender, tokens } = context;
  const allowed = await client.readContract({
    address: token.address,
    abi: erc20Abi,
    functionName: "allowance",
    args: [sender, spender],
  });
  if (allowed >= amount) return;
  await settle(context, approveToken(wallet, { token: token.address, spender, amount, tokens }));
}
