import { getWallet, type WalletEntry } from "@cxmpute/sdk";
import { type Address, formatEther, maxUint256 } from "viem";

import { act } from "../lib/act.ts";
import { formatAmount } from "../lib/amount.ts";
import { openContext, resolveAccount } from "../lib/context.ts";
import { printJson, printTable } from "../lib/print.ts";

interface BalancesArguments {
  deployment: string | undefined;
  json: boolean;
  of: string | undefined;
}

interface Wallet {
  account: Address;
  /** Of the chain's coin, in wei. */
  coin: bigint;
  tokens: ({ symbol: string } & WalletEntry)[];
}

const DEFAULT_ACCOUNTS = "0,1,2,3,4";

/** Shows what accounts hold in the deployment's tokens. */
export default act(async (args: BalancesArguments, hre): Promise<Wallet[]> => {
  const context = await openContext(hre, args);
  const { client, deployment, tokens } = context;
  const accounts = await Promise.all(
    (args.of ?? DEFAULT_ACCOUNTS).split(",").map((text) => resolveAccount(context, text.trim())),
  );

  const wallets = await Promise.all(
    accounts.map(async (account): Promise<Wallet> => {
      const [coin, entries] = await Promise.all([
        client.getBalance({ address: account }),
        getWallet(client, {
          orderLens: deployment.contracts.orderLens,
          account,
          tokens: tokens.map(({ address }) => address),
        }),
      ]);
      return {
        account,
        coin,
        tokens: entries.map((entry, i) => ({ symbol: tokens[i]?.symbol ?? entry.token, ...entry })),
      };
    }),
  );

  if (args.json) {
    printJson(wallets);
    return wallets;
  }
  printTable(
    ["account", "token", "balance", "allowance", "credit"],
    wallets.flatMap(({ account, coin, tokens: held }) => [
      [account, "coin", formatEther(coin), "", ""],
      ...held.map(({ symbol, balance, allowance, credit }, i) => {
        const token = { decimals: tokens[i]?.decimals ?? 0 };
        const shown = allowance === maxUint256 ? "unlimited" : formatAmount(allowance, token);
        return ["", symbol, formatAmount(balance, token), shown, formatAmount(credit, token)];
      }),
    ]),
  );
  return wallets;
});
