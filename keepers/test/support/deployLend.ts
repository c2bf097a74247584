import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { demoTokenAbi, lendControllerAbi, uTokenAbi } from "@cxmpute/sdk";
import { maxUint256, parseAbi, zeroAddress, type Abi, type Address } from "viem";
import type { HDAccount } from "viem/accounts";

import { testAccount, type TestChain } from "./anvil.ts";
import { deployArtifact } from "./artifact.ts";

export const oracleStubAbi = parseAbi([
  "function set(address asset, uint256 value)",
  "function setQuote(address asset, uint256 low, uint256 high, uint8 quality, uint256 liquidatableFrom)",
]);

/** The oracle's `Quality`. */
export const HALTED = 0;
export const FALLBACK = 1;
export const PENDING = 2;
export const FRESH = 3;

export const USD = 10n ** 18n;
export const USDC = 10n ** 6n;
export const WETH = 10n ** 18n;

/** More than any call here takes. */
const GAS_LIMIT = 2_000_000n;

/** Account 0 governs and supplies; 1 to 3 borrow; the keeper's signer is account 5. */
export const governor = testAccount(0);
export const borrowers = [testAccount(1), testAccount(2), testAccount(3)] as const;

/** A pool and its asset. */
export interface TestPool {
  readonly id: number;
  readonly pool: Address;
  readonly asset: Address;
}

/** Lending over three tokens, with an oracle that says what it is told. */
export interface Lend {
  readonly manager: Address;
  readonly controller: Address;
  readonly lens: Address;
  readonly oracle: Address;
  /** Prices at the start: 1, 3,000 and 0.25 USD. */
  readonly usdc: TestPool;
  readonly weth: TestPool;
  readonly wpeaq: TestPool;
  /** The deployment file that keepers read. */
  readonly file: string;
}

export async function deployLend(chain: TestChain): Promise<Lend> {
  const { client } = chain;
  const startBlock = Number(await client.getBlockNumber());
  const ours = (name: string, args: readonly unknown[]): Promise<Address> =>
    deployArtifact(chain, `contracts/lend/${name}.sol/${name}`, args);
  const manager = await deployArtifact(
    chain,
    "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager",
    [governor.address],
  );
  const oracle = await deployArtifact(chain, "test/mocks/lend/OracleStub.sol/OracleStub");
  const views = await ours("ControllerExtension", [manager, oracle]);
  const liquidation = await ours("LiquidationExtension", [oracle, views]);
  const controller = await ours("LendController", [manager, oracle, liquidation, governor.address]);

  const parts = { manager, controller, oracle };
  const usdc = await addPool(chain, parts, "USDC", 6, USD, [8_500n, 8_800n, 5_000n]);
  const weth = await addPool(chain, parts, "WETH", 18, 3_000n * USD, [7_500n, 8_000n, 5_000n]);
  const wpeaq = await addPool(chain, parts, "WPEAQ", 18, USD / 4n, [6_000n, 6_500n, 4_000n]);
  await supply(chain, usdc, governor, 10_000_000n * USDC);
  await supply(chain, weth, governor, 10_000n * WETH);
  const lens = await deployArtifact(chain, "contracts/periphery/LendLens.sol/LendLens", [controller]);
  const file = join(mkdtempSync(join(tmpdir(), "keepers-")), "deployment.json");
  const tokens = { USDC: usdc.asset, WETH: weth.asset, WPEAQ: wpeaq.asset };
  const contracts = { orderNFT: zeroAddress, orderMatcher: zeroAddress, orderLens: zeroAddress };
  const chainId = await client.getChainId();
  writeFileSync(file, JSON.stringify({ chainId, startBlock, contracts, tokens, lend: { controller, lens } }));
  return { manager, controller, lens, oracle, usdc, weth, wpeaq, file };
}

/** Deploys a pool, lists it with collateral factor, threshold and close factor, and funds everybody with its asset. */
export async function addPool(
  chain: TestChain,
  { manager, controller, oracle }: Pick<Lend, "manager" | "controller" | "oracle">,
  symbol: string,
  decimals: number,
  price: bigint,
  [collateralFactor, threshold, closeFactor]: readonly [bigint, bigint, bigint],
): Promise<TestPool> {
  const { client } = chain;
  const ours = (name: string, args: readonly unknown[]): Promise<Address> =>
    deployArtifact(chain, `contracts/lend/${name}.sol/${name}`, args);
  const asset = await deployArtifact(chain, "contracts/demo/DemoToken.sol/DemoToken", [symbol, symbol, decimals]);
  await send(chain, { address: oracle, abi: oracleStubAbi, functionName: "set", args: [asset, price] });
  const count = await client.readContract({ address: controller, abi: lendControllerAbi, functionName: "assetCount" });
  const setup = { authority: manager, controller, asset, id: count };
  const admin = await ours("UTokenAdminExtension", [setup]);
  const extension = await ours("UTokenExtension", [setup, admin, `Cxmpute ${symbol}`, `u${symbol}`]);
  const hooks = await ours("UTokenHooks", [controller]);
  const pool = await ours("UToken", [setup, extension, hooks]);
  const admins = { address: pool, abi: uTokenAbi } as const;
  const model = { baseBps: 0n, slope1Bps: 500n, slope2Bps: 30_000n, kinkBps: 8_000n };
  await send(chain, { ...admins, functionName: "setRateModel", args: [model] });
  await send(chain, { ...admins, functionName: "setCaps", args: [10n ** 9n, 10n ** 9n] });
  const terms = { collateralFactor, threshold, closeFactor, isolated: false, isolationDebt: false };
  const listed = { address: controller, abi: lendControllerAbi, functionName: "list", args: [pool, terms] };
  await send(chain, listed);
  for (const account of [governor, ...borrowers]) {
    const token = { address: asset, abi: demoTokenAbi } as const;
    await send(chain, { ...token, functionName: "mint", args: [account.address, 10n ** 26n] }, account);
    await send(chain, { ...token, functionName: "approve", args: [pool, maxUint256] }, account);
  }
  return { id: Number(count), pool, asset };
}

/** A call as `send` takes it. */
export interface ContractCall {
  readonly address: Address;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args?: readonly unknown[];
}

/**
 * Sends and waits; throws with the contract's error. The chain must mine by itself. A pool's interest is booked once a
 * second, so gas that is estimated in the second of its last write is too little in the next: a fixed limit it is.
 */
export async function send({ client }: TestChain, call: ContractCall, account: HDAccount = governor): Promise<void> {
  const { request } = await client.simulateContract({ ...call, account, gas: GAS_LIMIT });
  const { status } = await client.waitForTransactionReceipt({ hash: await client.writeContract(request) });
  if (status !== "success") throw new Error(`${call.functionName} was mined and reverted`);
}

export function supply(chain: TestChain, { pool }: TestPool, who: HDAccount, assets: bigint): Promise<void> {
  return send(chain, { address: pool, abi: uTokenAbi, functionName: "deposit", args: [assets, who.address] }, who);
}

/** Supplies `collateral` of one pool, switches it on, and borrows `debt` of another. */
export async function openPosition(
  chain: TestChain,
  who: HDAccount,
  collateral: readonly [TestPool, bigint],
  debt: readonly [TestPool, bigint],
): Promise<void> {
  await supply(chain, collateral[0], who, collateral[1]);
  await send(chain, { address: collateral[0].pool, abi: uTokenAbi, functionName: "setCollateral", args: [true] }, who);
  await borrow(chain, who, debt);
}

export function borrow(
  chain: TestChain,
  who: HDAccount,
  [{ pool }, amount]: readonly [TestPool, bigint],
): Promise<void> {
  const args = [amount, who.address, who.address] as const;
  return send(chain, { address: pool, abi: uTokenAbi, functionName: "borrow", args }, who);
}

/** A fresh price, in 1e18 USD. */
export function setPrice(chain: TestChain, { oracle }: Lend, { asset }: TestPool, price: bigint): Promise<void> {
  return send(chain, { address: oracle, abi: oracleStubAbi, functionName: "set", args: [asset, price] });
}

/** A price of two sides, of any quality, liquidatable from a time on. */
export function setQuote(
  chain: TestChain,
  { oracle }: Lend,
  { asset }: TestPool,
  quote: { readonly low: bigint; readonly high: bigint; readonly quality: number; readonly from?: bigint },
): Promise<void> {
  const args = [asset, quote.low, quote.high, quote.quality, quote.from ?? 0n] as const;
  return send(chain, { address: oracle, abi: oracleStubAbi, functionName: "setQuote", args });
}

/** Gives an account units of an asset; `approved` lets the pool take them without limit. */
export async function fund(
  chain: TestChain,
  { asset, pool }: TestPool,
  who: HDAccount,
  amount: bigint,
  approved: boolean,
): Promise<void> {
  const token = { address: asset, abi: demoTokenAbi } as const;
  await send(chain, { ...token, functionName: "mint", args: [who.address, amount] }, who);
  if (approved) await send(chain, { ...token, functionName: "approve", args: [pool, maxUint256] }, who);
}
