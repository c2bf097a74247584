import { type Address, erc20Abi } from "viem";

import type { Transaction } from "../chain.ts";
import { type Cost, measure } from "../measure.ts";
import type { Market } from "../scenario.ts";

/**
 * Measures a transaction that must bring its sender exactly `amount` WETH: a fill that filled nothing is no figure.
 * @throws when another amount arrives
 */
export async function measureTake(market: Market, transaction: Transaction, amount: bigint, parts = 1): Promise<Cost> {
  const before = await balance(market, transaction.from);
  const cost = await measure(market.chain, transaction, parts);
  const taken = (await balance(market, transaction.from)) - before;
  if (taken !== amount) throw new Error(`a fill brought ${taken} instead of ${amount}`);
  return cost;
}

function balance(market: Market, holder: Address): Promise<bigint> {
  return market.chain.client.readContract({
    address: market.weth,
    abi: erc20Abi,
    functionName: "balanceOf",
    args: [holder],
  });
}
