import { orderNftAbi } from "@cxmpute/sdk";
import { type Address, formatUnits } from "viem";

import { act } from "../lib/act.ts";
import { formatAmount } from "../lib/amount.ts";
import { openContext, openSenderContext } from "../lib/context.ts";
import { print, printJson, printTable } from "../lib/print.ts";
import { sendCall } from "../lib/sendCall.ts";

interface FeesArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  sweep: boolean;
}

interface FeesReport {
  /** Millionths. */
  takerFee: bigint;
  collector: Address;
  discount: Address;
  /** In token units, before any sweep. */
  accrued: { symbol: string; address: Address; decimals: number; amount: bigint }[];
  swept: string[];
}

/** Shows the fee and what has accrued in the deployment's tokens; sends it to the collector when asked to. */
export default act(async (args: FeesArguments, hre): Promise<FeesReport> => {
  const context = await openContext(hre, args);
  const { client, book, tokens } = context;
  const at = { address: book, abi: orderNftAbi } as const;
  const [takerFee, collector, discount] = await Promise.all([
    client.readContract({ ...at, functionName: "takerFee" }),
    client.readContract({ ...at, functionName: "feeCollector" }),
    client.readContract({ ...at, functionName: "feeDiscount" }),
  ]);
  const accrued = await Promise.all(
    tokens.map(async ({ symbol, address, decimals }) => {
      const amount = await client.readContract({ ...at, functionName: "accruedFees", args: [address] });
      return { symbol, address, decimals, amount };
    }),
  );

  const swept: string[] = [];
  if (args.sweep) {
    const sender = await openSenderContext(hre, args);
    for (const { symbol, address, amount } of accrued) {
      if (amount === 0n) continue;
      await sendCall(sender, { ...at, functionName: "sweepFees", args: [address] });
      swept.push(symbol);
    }
  }

  const report = { takerFee, collector, discount, accrued, swept };
  if (args.json) {
    printJson(report);
    return report;
  }
  print(`Taker fee ${formatUnits(takerFee, 2)} bps, swept to ${collector}`);
  print();
  printTable(
    ["token", args.sweep ? "swept" : "accrued"],
    accrued.map((token) => [token.symbol, formatAmount(token.amount, token)]),
  );
  return report;
});
