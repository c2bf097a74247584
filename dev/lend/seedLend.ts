import { type Deployment, getAccountHealth, getPositions, PriceQuality, uTokenAbi } from "@cxmpute/sdk";
import { type Address, erc20Abi, http, maxUint256, parseUnits } from "viem";

import { crewOf } from "../market/crew.ts";
import { openSender } from "../market/sender.ts";
import { roleAccount } from "../stack/roles.ts";
import { feedPrices } from "./feedPrices.ts";
import { fundLiquidator } from "./fundLiquidator.ts";
import { PriceDesk } from "./PriceDesk.ts";

export interface SeedLendParameters {
  rpcUrls: { ethereum: string; peaq: string };
  deployment: Deployment;
  /** Of the demo markets, by pair. */
  prices: Readonly<Record<string, number>>;
  /**
   * ETH's price when the third borrower took it, as a part of today's: its debt was 85 % then of a collateral that counts
   * for 88 %. Above 0.966 it is left healthy.
   */
  cheaper?: number;
}

export interface SeededLend {
  /** Health of each borrower, 1e18. */
  health: Record<Address, bigint>;
}

/**
 * Seconds between the pools' beginning and their present: more than the 15 minutes for which liquidations wait after
 * feeds and chain come back, less than the 30 for which a price is fresh.
 */
export const LEND_HISTORY_S = 20 * 60;
/** Brings the third borrower's debt to 88.5 % of its collateral. */
const CHEAPER = 0.96;

/**
 * Fills the pools of a local chain: suppliers, two borrowers who can sleep, one whom the liquidator finds when it starts,
 * and a keeper with something to liquidate with. The peaq chain must be `LEND_HISTORY_S` behind the present, where this
 * brings both chains.
 */
export async function seedLend(parameters: SeedLendParameters): Promise<SeededLend> {
  const { rpcUrls, deployment, prices, cheaper = CHEAPER } = parameters;
  const { lend, tokens } = deployment;
  if (lend === undefined) throw new Error("the deployment has no lending");
  const { controller } = lend;
  const sender = await openSender(http(rpcUrls.peaq));
  const { client } = sender;
  const desk = await PriceDesk.open(rpcUrls, deployment);
  const now = feedPrices(prices);
  const before = { ...now, ETH: (now.ETH ?? 0) * cheaper };

  await desk.follow();
  await desk.answer(before);
  await desk.push();

  const poolOf = (symbol: string) => {
    const [pool, token] = [lend.pools[symbol], tokens[symbol]];
    if (pool === undefined || token === undefined) throw new Error(`the deployment has no pool of ${symbol}`);
    return { id: pool.id, address: pool.address, token };
  };
  const supply = async (account: Address, symbol: string, amount: string, asCollateral = false): Promise<void> => {
    const { address, token } = poolOf(symbol);
    const pool = { address, abi: uTokenAbi } as const;
    const args = [address, maxUint256] as const;
    await sender.send(account, { address: token.address, abi: erc20Abi, functionName: "approve", args });
    const assets = parseUnits(amount, token.decimals);
    await sender.send(account, { ...pool, functionName: "deposit", args: [assets, account] });
    if (asCollateral) await sender.send(account, { ...pool, functionName: "setCollateral", args: [true] });
  };
  const borrow = async (account: Address, symbol: string, assets: bigint): Promise<void> => {
    const { address } = poolOf(symbol);
    await sender.send(account, { address, abi: uTokenAbi, functionName: "borrow", args: [assets, account, account] });
  };
  const units = (symbol: string, amount: string): bigint => parseUnits(amount, poolOf(symbol).token.decimals);

  const { makers, takers } = crewOf(sender);
  const [first, second, third, near] = makers;
  const [calm, mixed] = takers;
  await supply(first, "USDC", "2000000");
  await supply(second, "WETH", "800");
  await supply(third, "WPEAQ", "4000000");
  await supply(calm, "WETH", "60", true);
  await borrow(calm, "USDC", units("USDC", "80000"));
  await supply(mixed, "USDC", "250000", true);
  await borrow(mixed, "WETH", units("WETH", "25"));
  await borrow(mixed, "WPEAQ", units("WPEAQ", "600000"));
  await supply(near, "USDC", "120000", true);
  await borrow(near, "WETH", await mostOf(near));
  await fundLiquidator({ sender, deployment, from: first, liquidator: roleAccount("keeper").address });

  await desk.pass(LEND_HISTORY_S);
  await desk.answer(now);
  await desk.push();

  const borrowers = [calm, mixed, near];
  const healths = await Promise.all(
    borrowers.map(async (account) => [account, (await getAccountHealth(client, { controller, account })).health]),
  );
  return { health: Object.fromEntries(healths) as Record<Address, bigint> };

  /** All the WETH that an account may borrow, less what rounding and a second's interest may take. */
  async function mostOf(account: Address): Promise<bigint> {
    const { id } = poolOf("WETH");
    const { power } = await getAccountHealth(client, { controller, account });
    const positions = await getPositions(client, { controller, account, ids: [id] });
    const quote = positions.find((position) => position.id === id)?.quote;
    if (quote?.quality !== PriceQuality.Fresh) throw new Error("WETH has no fresh price to borrow at");
    return (((power * 10n ** 18n) / quote.high) * 9_999n) / 10_000n;
  }
}
