import { demoTokenAbi, wrappedPeaqAbi } from "@cxmpute/sdk";
import { type Address, isAddressEqual, numberToHex } from "viem";

import { act } from "../lib/act.ts";
import { parseAmount } from "../lib/amount.ts";
import { openSenderContext, resolveAccount, resolveToken } from "../lib/context.ts";
import { print, printJson } from "../lib/print.ts";
import { sendCall } from "../lib/sendCall.ts";
import { TaskError } from "../lib/TaskError.ts";

interface FaucetArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  token: string;
  amount: string;
  to: string | undefined;
}

interface Given {
  token: string;
  to: Address;
  amount: bigint;
}

/** Mints demo tokens; for WPEAQ the chain gives the sender as many coins more, which it wraps. */
export default act(async (args: FaucetArguments, hre): Promise<Given[]> => {
  const context = await openSenderContext(hre, args);
  if (!context.isLocal) throw new TaskError("there is no faucet on a live network: its tokens are worth something");
  const to = args.to === undefined ? context.sender : await resolveAccount(context, args.to);

  const given: Given[] = [];
  for (const name of args.token.split(",")) {
    const token = await resolveToken(context, name.trim());
    const amount = parseAmount(args.amount, token);
    if (token.symbol === "WPEAQ") {
      const at = { address: token.address, abi: wrappedPeaqAbi } as const;
      const coins = (await context.client.getBalance({ address: context.sender })) + amount;
      const params = [context.sender, numberToHex(coins)];
      await context.connection.provider.request({ method: "hardhat_setBalance", params });
      await sendCall(context, { ...at, functionName: "deposit", args: [], value: amount });
      if (!isAddressEqual(to, context.sender)) {
        await sendCall(context, { ...at, functionName: "transfer", args: [to, amount] });
      }
    } else {
      await sendCall(context, { address: token.address, abi: demoTokenAbi, functionName: "mint", args: [to, amount] });
    }
    given.push({ token: token.symbol, to, amount });
    if (!args.json) print(`${to} received ${args.amount} ${token.symbol}`);
  }
  if (args.json) printJson(given);
  return given;
});
