import { setCollateral, supplyAsset } from "@cxmpute/sdk";

import { act } from "../lib/act.ts";
import { formatAmount, parseAmount } from "../lib/amount.ts";
import { openSenderContext, resolveAccount } from "../lib/context.ts";
import { required } from "../lib/ids.ts";
import { resolvePool } from "../lib/lend.ts";
import { print, printJson } from "../lib/print.ts";
import { ensureAllowance } from "../lib/settle.ts";
import { settleLend } from "../lib/settleLend.ts";

interface SupplyArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  asset: string | undefined;
  amount: string | undefined;
  receiver: string | undefined;
  collateral: boolean;
}

/** Supplies a pool, and switches the shares on as collateral when asked to. */
export default act(async (args: SupplyArguments, hre) => {
  const context = await openSenderContext(hre, args);
  const { wallet, tokens, sender } = context;
  const { address: pool, token } = resolvePool(context, args.asset);
  const assets = parseAmount(required(args.amount, "amount"), token);
  const receiver = args.receiver === undefined ? sender : await resolveAccount(context, args.receiver);

  await ensureAllowance(context, token, assets, pool);
  const { supplied, receipt } = await settleLend(
    context,
    supplyAsset(wallet, { pool, assets, receiver, asset: token.address, tokens }),
  );
  const [first] = supplied;
  if (first === undefined) throw new Error(`transaction ${receipt.transactionHash} supplied nothing`);
  if (args.collateral) await settleLend(context, setCollateral(wallet, { pool, on: true, tokens }));

  const result = {
    ...first,
    transaction: receipt.transactionHash,
    gasUsed: receipt.gasUsed,
    collateral: args.collateral,
  };
  if (args.json) {
    printJson(result);
    return result;
  }
  print(`Supplied ${formatAmount(first.assets, token)} ${token.symbol} for ${first.owner}`);
  if (args.collateral) print(`The shares of ${sender} in u${token.symbol} are collateral`);
  print(`transaction ${receipt.transactionHash}, ${receipt.gasUsed} gas`);
  return result;
});
