import { getPoolAccount, redeemShares, withdrawAsset } from "@cxmpute/sdk";

import { act } from "../lib/act.ts";
import { formatAmount, parseAmount } from "../lib/amount.ts";
import { openSenderContext, resolveAccount } from "../lib/context.ts";
import { required } from "../lib/ids.ts";
import { resolvePool } from "../lib/lend.ts";
import { print, printJson } from "../lib/print.ts";
import { settleLend } from "../lib/settleLend.ts";
import { TaskError } from "../lib/TaskError.ts";

interface WithdrawArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  asset: string | undefined;
  amount: string | undefined;
  receiver: string | undefined;
}

/** Takes out a part of what was supplied, or all of it. */
export default act(async (args: WithdrawArguments, hre) => {
  const context = await openSenderContext(hre, args);
  const { client, wallet, tokens, sender } = context;
  const { address: pool, token } = resolvePool(context, args.asset);
  const amount = required(args.amount, "amount");
  const receiver = args.receiver === undefined ? sender : await resolveAccount(context, args.receiver);

  const { supplyShares } = await getPoolAccount(client, { pool, account: sender });
  if (supplyShares === 0n) throw new TaskError(`${sender} has supplied nothing to u${token.symbol}`);
  const shared = { pool, receiver, asset: token.address, tokens };
  // By shares, so that no interest of the meantime stays behind.
  const sent =
    amount === "all"
      ? redeemShares(wallet, { ...shared, shares: supplyShares })
      : withdrawAsset(wallet, { ...shared, assets: parseAmount(amount, token) });
  const { withdrawn, receipt } = await settleLend(context, sent);
  const [first] = withdrawn;
  if (first === undefined) throw new Error(`transaction ${receipt.transactionHash} withdrew nothing`);

  const result = { ...first, transaction: receipt.transactionHash, gasUsed: receipt.gasUsed };
  if (args.json) {
    printJson(result);
    return result;
  }
  print(`Withdrew ${formatAmount(first.assets, token)} ${token.symbol} to ${first.receiver}`);
  print(`transaction ${receipt.transactionHash}, ${receipt.gasUsed} gas`);
  return result;
});
