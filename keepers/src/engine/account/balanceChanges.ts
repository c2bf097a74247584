import { erc20Abi, isAddressEqual, parseEventLogs, type Address, type TransactionReceipt } from "viem";

import type { Gain } from "../types.ts";

/**
 * How a transaction changed what `accounts` hold together of each of `tokens`, from the tokens' own Transfer events:
 * exact even when other transactions of the same block touch the accounts.
 */
export function balanceChanges(
  receipt: TransactionReceipt,
  accounts: readonly Address[],
  tokens: readonly Address[],
): Gain[] {
  const isOurs = (address: Address): boolean => accounts.some((account) => isAddressEqual(account, address));
  const transfers = parseEventLogs({ abi: erc20Abi, eventName: "Transfer", logs: receipt.logs });
  return tokens.map((token) => {
    let amount = 0n;
    for (const { address, args } of transfers) {
      if (!isAddressEqual(address, token)) continue;
      if (isOurs(args.to)) amount += args.value;
      if (isOurs(args.from)) amount -= args.value;
    }
    return { token, amount };
  });
}
