import type { Address } from "viem";

import { orderLensAbi } from "../../abi/orderLensAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetWalletParameters extends ReadOptions {
  readonly orderLens: Address;
  readonly account: Address;
  readonly tokens: readonly Address[];
}

/** What an account has of a token, in its units. */
export interface WalletEntry {
  readonly token: Address;
  readonly balance: bigint;
  /** To the order book. */
  readonly allowance: bigint;
  /** Withdrawable from the order book by `withdrawCredit`. */
  readonly credit: bigint;
}

/** An account's balances, allowances and credits, in one call. */
export async function getWallet(client: ReadClient, parameters: GetWalletParameters): Promise<readonly WalletEntry[]> {
  const { orderLens, account, tokens } = parameters;
  const [balances, allowances, credits] = await read(client, {
    address: orderLens,
    abi: orderLensAbi,
    functionName: "wallet",
    args: [account, tokens],
    options: parameters,
  });
  return tokens.map((token, index) => ({
    token,
    balance: balances[index] ?? 0n,
    allowance: allowances[index] ?? 0n,
    credit: credits[index] ?? 0n,
  }));
}
