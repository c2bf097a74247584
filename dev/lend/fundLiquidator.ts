import { demoTokenAbi, type Deployment } from "@cxmpute/sdk";
import { type Address, parseUnits } from "viem";

import type { Sender } from "../market/sender.ts";

/** Whole tokens: enough for a part of a seeded borrower's debt, so that both ways to liquidate can be seen. */
const CAPITAL: Readonly<Record<string, string>> = { USDC: "20000", WETH: "5" };

export interface FundLiquidatorParameters {
  sender: Sender;
  deployment: Deployment;
  /** Who pays for the minting: the keeper's own nonces are left to it. */
  from: Address;
  liquidator: Address;
}

/** Gives a keeper something to repay debts with. What it lacks it can sell collateral for, to the demo market's bids. */
export async function fundLiquidator(parameters: FundLiquidatorParameters): Promise<void> {
  const { sender, deployment, from, liquidator } = parameters;
  for (const [symbol, amount] of Object.entries(CAPITAL)) {
    const token = deployment.tokens[symbol];
    if (token === undefined) throw new Error(`the deployment has no token ${symbol}`);
    const args = [liquidator, parseUnits(amount, token.decimals)] as const;
    await sender.send(from, { address: token.address, abi: demoTokenAbi, functionName: "mint", args });
  }
}
