import { getPoolAccount, repayDebt } from "@cxmpute/sdk";

import { act } from "../lib/act.ts";
import { formatAmount, parseAmount } from "../lib/amount.ts";
import { openSenderContext, resolveAccount } from "../lib/context.ts";
import { required } from "../lib/ids.ts";
import { resolvePool } from "../lib/lend.ts";
import { print, printJson } from "../lib/print.ts";
import { ensureAllowance } from "../lib/settle.ts";
import { settleLend } from "../lib/settleLend.ts";

interface RepayArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  asset: string | undefined;
  amount: string | undefined;
  of: string | undefined;
}

/** What a debt grows by, at the most that a rate can be, until the repayment is mined: a thousandth. */
const GROWTH = 1_000n;

/** Repays a part of a debt, or all that is owed. */
export default act(async (args: RepayArguments, hre) => {
  const context = await openSenderContext(hre, args);
  const { client, wallet, tokens, sender } = context;
  const { address: pool, token } = resolvePool(context, args.asset);
  const amount = required(args.amount, "amount");
  const onBehalf = args.of === undefined ? sender : await resolveAccount(context, args.of);

  const { debt } = await getPoolAccount(client, { pool, account: onBehalf });
  const assets = amount === "all" ? undefined : parseAmount(amount, token);
  await ensureAllowance(context, token, assets ?? debt + debt / GROWTH + 1n, pool);
  const { repaid, receipt } = await settleLend(
    context,
    repayDebt(wallet, { pool, assets, onBehalf, asset: token.address, tokens }),
  );
  const [first] = repaid;
  if (first === undefined) throw new Error(`transaction ${receipt.transactionHash} repaid nothing`);
  const { debt: left } = await getPoolAccount(client, { pool, account: onBehalf });

  const result = { ...first, left, transaction: receipt.transactionHash, gasUsed: receipt.gasUsed };
  if (args.json) {
    printJson(result);
    return result;
  }
  print(`Repaid ${formatAmount(first.assets, token)} ${token.symbol} of ${onBehalf}`);
  print(left === 0n ? "Nothing is owed any more" : `${formatAmount(left, token)} ${token.symbol} are still owed`);
  print(`transaction ${receipt.transactionHash}, ${receipt.gasUsed} gas`);
  return result;
});
