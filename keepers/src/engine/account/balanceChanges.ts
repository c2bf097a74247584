import { erc20Abi, isAddressEqual, parseEventLogs, type Address, type TransactionReceipt } from "viem";

import type { Gain } from "../types.ts";

/**
 * How a transaction changed an account's balance of each of `tokens`, from the tokens' own Transfer events: exact even
 * when other transactions of the same block touch the account.
 */
export function balanceChanges(receipt: TransactionReceipt, account: Address, tokens: readonly Address[]): Gain[] {
  const transfers = parseEventLogs({ abi: erc20Abi, eventName: "Transfer", logs: receipt.logs });
  return tokens.map((token) => {
    let amount = 0n;
    for (const { address, args } of transfers) {
      if (!isAddressEqual(address, token)) continue;
      if (isAddressEqual(args.to, account)) amount += args.value;
      if (isAddressEqual(args.from, account)) amount -= args.value;
    }
    return { token, amount };
  });
}
