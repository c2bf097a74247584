import {
  type Address,
  type PrivateKeyAccount,
  encodeFunctionData,
  erc20Abi,
  maxUint256,
  parseAbi,
  parseEther,
} from "viem";

import { type CompiledContract, compile } from "./compile.ts";
import type { Chain } from "./chain.ts";
import { PROJECT_ROOT } from "./paths.ts";

/** Two plain tokens and the accounts that every system is measured with. */
export interface Market {
  chain: Chain;
  /** What orders sell, 18 decimals. */
  weth: Address;
  /** What orders ask for, 6 decimals. */
  usdc: Address;
  admin: PrivateKeyAccount;
  maker: PrivateKeyAccount;
  taker: PrivateKeyAccount;
  /** Somebody who has used the system before the measured accounts come. */
  other: PrivateKeyAccount;
  contracts: Record<string, CompiledContract>;
}

export const WETH = 10n ** 18n;
export const USDC = 10n ** 6n;

const mintAbi = parseAbi(["function mint(address to, uint256 amount)"]);

/** The benchmark's own contracts: tokens, and accounts that are contracts. */
export function ownContracts(): Promise<Record<string, CompiledContract>> {
  return compile("own", {
    root: PROJECT_ROOT,
    solc: "solc",
    folder: ".",
    contracts: {
      PlainToken: "bench/contracts/PlainToken.sol",
      SixDecimalToken: "bench/contracts/SixDecimalToken.sol",
      Actor: "bench/contracts/Actor.sol",
      PlainOracle: "bench/contracts/PlainOracle.sol",
      FlashBorrower: "bench/contracts/FlashBorrower.sol",
    },
    settings: {
      evmVersion: "london",
      viaIR: true,
      optimizer: { enabled: true, runs: 200 },
      metadata: { bytecodeHash: "none" },
      remappings: ["@openzeppelin/=node_modules/@openzeppelin/"],
    },
  });
}

/**
 * Deploys the tokens. Nobody holds any yet: `fund` follows once the approved contract is known.
 * @param usdcContract `SixDecimalToken` for systems that ask tokens for their decimals
 */
export async function openMarket(
  chain: Chain,
  usdcContract: "PlainToken" | "SixDecimalToken" = "PlainToken",
): Promise<Market> {
  const contracts = await ownContracts();
  const admin = await chain.account("admin");
  const deploy = (contract: CompiledContract | undefined, name: string, symbol: string) => {
    if (contract === undefined) throw new Error(`the token for ${symbol} was not compiled`);
    return chain.deploy(admin.address, contract, [name, symbol]);
  };
  return {
    chain,
    weth: await deploy(contracts.PlainToken, "Wrapped Ether", "WETH"),
    usdc: await deploy(contracts[usdcContract], "USD Coin", "USDC"),
    admin,
    maker: await chain.account("maker"),
    taker: await chain.account("taker"),
    other: await chain.account("other"),
    contracts,
  };
}

/** Mints both tokens to `holder`. */
export async function mint(market: Market, holder: Address): Promise<void> {
  for (const [token, amount] of amounts(market)) await mintTo(market, token, holder, amount);
}

/** Mints `amount` of one token to `holder`. */
export async function mintTo(market: Market, token: Address, holder: Address, amount: bigint): Promise<void> {
  await market.chain.send({
    from: market.admin.address,
    to: token,
    data: encodeFunctionData({ abi: mintAbi, functionName: "mint", args: [holder, amount] }),
  });
}

/** Mints both tokens to `holder`, an account with a key, who approves `spender` without limit. */
export async function fund(market: Market, holder: Address, spender: Address): Promise<void> {
  await mint(market, holder);
  for (const [token] of amounts(market)) {
    await market.chain.send({ from: holder, to: token, data: approval(spender) });
  }
}

/** Calldata of an infinite approval. */
export function approval(spender: Address) {
  return encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [spender, maxUint256] });
}

/** Runs `body` and puts the chain back to where it was, so that rows do not depend on each other. */
export async function isolated<T>(chain: Chain, body: () => Promise<T>): Promise<T> {
  const id = await chain.client.snapshot();
  try {
    return await body();
  } finally {
    await chain.client.revert({ id });
  }
}

function amounts(market: Market): [Address, bigint][] {
  return [
    [market.weth, parseEther("1000000")],
    [market.usdc, 10n ** 12n],
  ];
}
