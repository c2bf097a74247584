import { demoTokenAbi, wrappedPeaqAbi } from "@cxmpute/sdk";
import { type Address, erc20Abi, maxUint256, numberToHex, parseEther, parseUnits } from "viem";

import type { Deployment } from "@cxmpute/sdk";
import type { Sender } from "./sender.ts";

/** Who trades: the first account is left to whoever sits at the terminal, the last ones to bots and signers. */
export interface Crew {
  makers: readonly [Address, Address, Address, Address];
  takers: readonly [Address, Address];
}

/** Whole tokens that each member of the crew begins with. */
const STOCK: Record<string, string> = { USDC: "20000000", WETH: "5000", WPEAQ: "20000000" };
const COINS = parseEther("30000000");

export function crewOf({ accounts }: Sender): Crew {
  const at = (index: number): Address => {
    const account = accounts[index];
    if (account === undefined) throw new Error(`the chain has no unlocked account ${index}`);
    return account;
  };
  return { makers: [at(1), at(2), at(3), at(4)], takers: [at(5), at(6)] };
}

/** Gives the crew tokens and lets the order book take them. */
export async function fundCrew(sender: Sender, { contracts, tokens }: Deployment, crew: Crew): Promise<void> {
  await Promise.all([...crew.makers, ...crew.takers].map((account) => fund(account)));

  async function fund(account: Address): Promise<void> {
    await sender.request("hardhat_setBalance", [account, numberToHex(COINS)]);
    for (const [symbol, { address, decimals }] of Object.entries(tokens)) {
      const amount = parseUnits(STOCK[symbol] ?? "0", decimals);
      if (symbol === "WPEAQ") {
        await sender.send(account, { address, abi: wrappedPeaqAbi, functionName: "deposit", args: [], value: amount });
      } else {
        await sender.send(account, { address, abi: demoTokenAbi, functionName: "mint", args: [account, amount] });
      }
      const args = [contracts.orderNFT, maxUint256] as const;
      await sender.send(account, { address, abi: erc20Abi, functionName: "approve", args });
    }
  }
}
