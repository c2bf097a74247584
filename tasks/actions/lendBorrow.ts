import { borrowAsset, getAccountHealth } from "@cxmpute/sdk";

import { act } from "../lib/act.ts";
import { formatAmount, parseAmount } from "../lib/amount.ts";
import { openSenderContext, resolveAccount } from "../lib/context.ts";
import { formatHealth } from "../lib/figures.ts";
import { required } from "../lib/ids.ts";
import { requireLend, resolvePool } from "../lib/lend.ts";
import { print, printJson } from "../lib/print.ts";
import { settleLend } from "../lib/settleLend.ts";

interface BorrowArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  asset: string | undefined;
  amount: string | undefined;
  receiver: string | undefined;
}

/** Borrows, and says how the account stands afterwards. */
export default act(async (args: BorrowArguments, hre) => {
  const context = await openSenderContext(hre, args);
  const { client, wallet, tokens, sender } = context;
  const { controller } = requireLend(context);
  const { address: pool, token } = resolvePool(context, args.asset);
  const assets = parseAmount(required(args.amount, "amount"), token);
  const receiver = args.receiver === undefined ? sender : await resolveAccount(context, args.receiver);

  const { borrowed, receipt } = await settleLend(
    context,
    borrowAsset(wallet, { pool, assets, receiver, asset: token.address, tokens }),
  );
  const [first] = borrowed;
  if (first === undefined) throw new Error(`transaction ${receipt.transactionHash} borrowed nothing`);
  const { health } = await getAccountHealth(client, { controller, account: sender });

  const result = { ...first, health, transaction: receipt.transactionHash, gasUsed: receipt.gasUsed };
  if (args.json) {
    printJson(result);
    return result;
  }
  print(`Borrowed ${formatAmount(first.assets, token)} ${token.symbol} for ${first.receiver}`);
  print(`${sender} has a health of ${formatHealth(health)}; below 1 it can be liquidated`);
  print(`transaction ${receipt.transactionHash}, ${receipt.gasUsed} gas`);
  return result;
});
