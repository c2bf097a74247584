import { type Address, parseAbi } from "viem";

import {
  demoTokenAbi,
  lendControllerAbi,
  type LendDeployment,
  type PriceQuality,
  type Token,
  uTokenAbi,
} from "../../src/index.ts";
import type { TestChain } from "./chain.ts";
import { deployArtifact } from "./deployArtifact.ts";

const WAD = 10n ** 18n;

/** What each pool is set up with. Prices in whole USD; the last two are for accounts with isolated collateral. */
export const MARKETS = {
  USDC: { decimals: 6, price: 1n, curve: [0n, 500n, 30_000n, 8_000n], reserve: 1_000n, factors: [8_500n, 8_800n] },
  WETH: {
    decimals: 18,
    price: 3_000n,
    curve: [50n, 800n, 40_000n, 7_500n],
    reserve: 1_500n,
    factors: [7_500n, 8_000n],
  },
  SBTC: {
    decimals: 8,
    price: 99_000n,
    curve: [100n, 1_000n, 50_000n, 7_000n],
    reserve: 2_000n,
    factors: [7_000n, 7_500n],
  },
  NIL: { decimals: 0, price: 7n, curve: [200n, 1_500n, 60_000n, 6_500n], reserve: 2_500n, factors: [0n, 2_000n] },
  ISO: { decimals: 18, price: 2n, curve: [200n, 1_500n, 60_000n, 6_500n], reserve: 2_500n, factors: [5_000n, 6_000n] },
} as const;
export type MarketSymbol = keyof typeof MARKETS;
export const SYMBOLS = Object.keys(MARKETS) as readonly MarketSymbol[];

export const FLASH_FEE = 800n;
export const CLOSE_FACTOR = 5_000n;
/** Whole tokens, of supply and of loans. */
export const CAP = 1_000_000n;

/** Accounts 0 to 4 hold tokens and have approved the pools. Account 0 is the first administrator. */
export const FUNDED = [0, 1, 2, 3, 4];

/** An oracle that says what it is told. */
export const oracleStubAbi = parseAbi([
  "function set(address asset, uint256 value)",
  "function setQuote(address asset, uint256 low, uint256 high, uint8 quality, uint256 liquidatableFrom)",
  "function setLastPrice(address asset, uint256 value)",
]);

export interface TestLend {
  readonly lend: LendDeployment & { readonly pools: Readonly<Record<MarketSymbol, LendDeployment["pools"][string]>> };
  readonly tokens: Readonly<Record<MarketSymbol, Token>>;
  readonly accessManager: Address;
  readonly oracle: Address;
  readonly treasury: Address;
}

/** Deploys lending with demo tokens over an oracle that says what it is told, from the compiled artifacts. */
export async function deployLend(chain: TestChain): Promise<TestLend> {
  const admin = chain.wallet(0);
  const deploy = (artifact: string, args: readonly unknown[]) => deployArtifact(chain, artifact, args);
  const accessManager = await deploy("@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager", [
    admin.account.address,
  ]);
  const oracle = await deploy("test/mocks/lend/OracleStub.sol/OracleStub", []);
  const treasury: Address = "0x0000000000000000000000000000000000077ea5";
  const views = await deploy("contracts/lend/ControllerExtension.sol/ControllerExtension", [accessManager, oracle]);
  const liquidation = await deploy("contracts/lend/LiquidationExtension.sol/LiquidationExtension", [oracle, views]);
  const controller = await deploy("contracts/lend/LendController.sol/LendController", [
    accessManager,
    oracle,
    liquidation,
    treasury,
  ]);

  const hooks = await deploy("contracts/lend/UTokenHooks.sol/UTokenHooks", [controller]);
  const tokens: Partial<Record<MarketSymbol, Token>> = {};
  const pools: Partial<Record<MarketSymbol, { address: Address; id: number }>> = {};
  for (const [id, symbol] of SYMBOLS.entries()) {
    const market = MARKETS[symbol];
    const name = `Demo ${symbol}`;
    const asset = await deploy("contracts/demo/DemoToken.sol/DemoToken", [name, symbol, market.decimals]);
    tokens[symbol] = { address: asset, decimals: market.decimals, name };
    await admin.writeContract({
      address: oracle,
      abi: oracleStubAbi,
      functionName: "set",
      args: [asset, market.price * WAD],
    });

    const setup = { authority: accessManager, controller, asset, id: BigInt(id) };
    const administration = await deploy("contracts/lend/UTokenAdminExtension.sol/UTokenAdminExtension", [setup]);
    const extension = await deploy("contracts/lend/UTokenExtension.sol/UTokenExtension", [
      setup,
      administration,
      `Pooled ${symbol}`,
      `u${symbol}`,
    ]);
    const address = await deploy("contracts/lend/UToken.sol/UToken", [setup, extension, hooks]);
    pools[symbol] = { address, id };
    await configure(chain, controller, address, symbol);
    await fund(chain, asset, address, market.decimals);
  }
  return {
    lend: {
      controller,
      lens: await deploy("contracts/periphery/LendLens.sol/LendLens", [controller]),
      pools: pools as TestLend["lend"]["pools"],
    },
    tokens: tokens as TestLend["tokens"],
    accessManager,
    oracle,
    treasury,
  };
}

async function configure(chain: TestChain, controller: Address, address: Address, symbol: MarketSymbol) {
  const admin = chain.wallet(0);
  const { curve, reserve, factors } = MARKETS[symbol];
  const [baseBps, slope1Bps, slope2Bps, kinkBps] = curve;
  // Not estimated: what these cost depends on whether the clock moved since the pool was made.
  const pool = { address, abi: uTokenAbi, gas: 500_000n } as const;
  const model = { baseBps, slope1Bps, slope2Bps, kinkBps };
  await admin.writeContract({ ...pool, functionName: "setRateModel", args: [model] });
  await admin.writeContract({ ...pool, functionName: "setReserveFactor", args: [reserve] });
  await admin.writeContract({ ...pool, functionName: "setCaps", args: [CAP, CAP] });
  await admin.writeContract({ ...pool, functionName: "setFlashFee", args: [FLASH_FEE] });
  const [collateralFactor, threshold] = factors;
  const isolated = symbol === "ISO";
  const terms = { collateralFactor, threshold, closeFactor: CLOSE_FACTOR, isolated, isolationDebt: symbol === "USDC" };
  await admin.writeContract({
    address: controller,
    abi: lendControllerAbi,
    functionName: "list",
    args: [address, terms],
  });
}

async function fund(chain: TestChain, address: Address, pool: Address, decimals: number) {
  const amount = CAP * 10n ** BigInt(decimals);
  for (const index of FUNDED) {
    const wallet = chain.wallet(index);
    const token = { address, abi: demoTokenAbi } as const;
    await wallet.writeContract({ ...token, functionName: "mint", args: [wallet.account.address, amount] });
    await wallet.writeContract({ ...token, functionName: "approve", args: [pool, 1n << 255n] });
  }
}

/** Has the oracle quote a fresh price, 1e18 USD for a whole token. */
export async function setPrice(chain: TestChain, { oracle, tokens }: TestLend, symbol: MarketSymbol, price: bigint) {
  const args = [tokens[symbol].address, price] as const;
  await chain.wallet(0).writeContract({ address: oracle, abi: oracleStubAbi, functionName: "set", args });
}

export interface StubQuote {
  readonly low: bigint;
  readonly high: bigint;
  readonly quality: PriceQuality;
  readonly liquidatableFrom: bigint;
}

/** Has the oracle quote whatever. */
export async function setQuote(
  chain: TestChain,
  { oracle, tokens }: TestLend,
  symbol: MarketSymbol,
  { low, high, quality, liquidatableFrom }: StubQuote,
) {
  const args = [tokens[symbol].address, low, high, quality, liquidatableFrom] as const;
  await chain.wallet(0).writeContract({ address: oracle, abi: oracleStubAbi, functionName: "setQuote", args });
}

/** Has the oracle remember a price. */
export async function setLastPrice(
  chain: TestChain,
  { oracle, tokens }: TestLend,
  symbol: MarketSymbol,
  price: bigint,
): Promise<void> {
  const args = [tokens[symbol].address, price] as const;
  await chain.wallet(0).writeContract({ address: oracle, abi: oracleStubAbi, functionName: "setLastPrice", args });
}
