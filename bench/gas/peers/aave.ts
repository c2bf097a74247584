import {
  type Abi,
  type Address,
  type Hex,
  encodeAbiParameters,
  encodeFunctionData,
  erc20Abi,
  getContractAddress,
  maxUint256,
  numberToHex,
  zeroAddress,
} from "viem";

import type { Chain, Transaction } from "../chain.ts";
import type { CompiledContract } from "../compile.ts";
import { COLLATERAL_FACTOR, PRICE, THRESHOLD } from "../lend/amounts.ts";
import { passDay, steadyClock } from "../lend/clock.ts";
import { deployFlashBorrower } from "../lend/flashBorrower.ts";
import type { Lender } from "../lend/lender.ts";
import { measureLender, openLender } from "../lend/measureLender.ts";
import { type Market, mint, openMarket } from "../scenario.ts";
import { type PeerRow, compilePeer, pick } from "./contract.ts";
import { lenderRows } from "./lenderRows.ts";

const NAME = "Aave v3 3.6.0, without rewards";
const FOLDER = "@aave-dao/aave-v3-origin/src/contracts";
const LIBRARIES = [
  "BorrowLogic",
  "ConfiguratorLogic",
  "FlashLoanLogic",
  "LiquidationLogic",
  "PoolLogic",
  "SupplyLogic",
];
const CONTRACTS = {
  ACLManager: "protocol/configuration/ACLManager.sol",
  PoolAddressesProvider: "protocol/configuration/PoolAddressesProvider.sol",
  PoolInstance: "instances/PoolInstance.sol",
  PoolConfiguratorInstance: "instances/PoolConfiguratorInstance.sol",
  ATokenInstance: "instances/ATokenInstance.sol",
  VariableDebtTokenInstance: "instances/VariableDebtTokenInstance.sol",
  DefaultReserveInterestRateStrategyV2: "misc/DefaultReserveInterestRateStrategyV2.sol",
  AaveOracle: "misc/AaveOracle.sol",
  MockAggregator: "mocks/oracle/CLAggregators/MockAggregator.sol",
};
const VARIABLE_RATE = 2n;
/** Of the feeds. */
const USD = 10n ** 8n;
/** Basis points. */
const BONUS = 10_640n;
const PROTOCOL_FEE = 1_000n;
const FLASH_PREMIUM = 5n;
const YES: Hex = numberToHex(1, { size: 32 });

/** A pool behind a proxy with libraries, a receipt and a debt token an asset, its own curve and oracle. */
export async function measureAave(chain: Chain): Promise<PeerRow[]> {
  const market = await openMarket(chain, "SixDecimalToken");
  await steadyClock(chain);
  const aave = await deployAave(market);
  await openLender(aave);
  return lenderRows(NAME, await measureLender(aave));
}

/** What stands after deployment. */
interface Aave {
  contracts: Record<string, CompiledContract>;
  provider: Address;
  pool: Address;
  configurator: Address;
}

async function deployAave(market: Market): Promise<Lender> {
  const { chain, usdc, weth } = market;
  const admin = market.admin.address;
  const aave = await deployCore(market);
  const { pool } = aave;
  const price = async (usd: bigint) => chain.deploy(admin, pick(aave.contracts, "MockAggregator"), [usd * USD]);
  const sources = [await price(1n), await price(PRICE)];
  const oracleArgs = [aave.provider, [usdc, weth], sources, zeroAddress, zeroAddress, USD];
  const oracle = await chain.deploy(admin, pick(aave.contracts, "AaveOracle"), oracleArgs);
  await send(market, aave, "PoolAddressesProvider", aave.provider, "setPriceOracle", [oracle]);
  await listAssets(market, aave);

  const call = (from: Address, functionName: string, args: readonly unknown[]): Transaction => ({
    from,
    to: pool,
    data: encodeFunctionData({ abi: abiOf(aave, "PoolInstance"), functionName, args }),
  });
  const flashBorrower = await deployFlashBorrower(market, pool, YES);
  return {
    market,
    flashBorrower,
    async setPrice(usd) {
      const source = await price(usd);
      await send(market, aave, "AaveOracle", oracle, "setAssetSources", [[weth], [source]]);
    },
    async join(account) {
      await mint(market, account);
      const data = encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [pool, maxUint256] });
      for (const token of [usdc, weth]) await chain.send({ from: account, to: token, data });
    },
    supply: (from, amount) => call(from, "supply", [usdc, amount, from, 0]),
    withdraw: (from, amount) => call(from, "withdraw", [usdc, amount, from]),
    // What is supplied is collateral at once.
    secure: (from, amount) => [call(from, "supply", [weth, amount, from, 0])],
    borrow: (from, amount) => call(from, "borrow", [usdc, amount, VARIABLE_RATE, 0, from]),
    repay: (from, amount) => call(from, "repay", [usdc, amount, VARIABLE_RATE, from]),
    liquidate: (from, borrower, amount) =>
      Promise.resolve(call(from, "liquidationCall", [weth, usdc, borrower, amount, false])),
    flashLoan: (from, amount) => call(from, "flashLoanSimple", [flashBorrower, usdc, amount, "0x", 0]),
    pass: () => passDay(chain),
  };
}

/** The order is that of its own deployment scripts. */
async function deployCore(market: Market): Promise<Aave> {
  const { chain } = market;
  const admin = market.admin.address;
  const contracts = await compileWithLibraries(chain);
  const provider = await chain.deploy(admin, pick(contracts, "PoolAddressesProvider"), ["Benchmark", admin]);
  const curve = await chain.deploy(admin, pick(contracts, "DefaultReserveInterestRateStrategyV2"), [provider]);
  const poolCode = await chain.deploy(admin, pick(contracts, "PoolInstance"), [provider, curve]);
  const configuratorCode = await chain.deploy(admin, pick(contracts, "PoolConfiguratorInstance"), []);
  const unbound: Aave = { contracts, provider, pool: zeroAddress, configurator: zeroAddress };
  const onProvider = (name: string, args: readonly unknown[]) =>
    send(market, unbound, "PoolAddressesProvider", provider, name, args);
  await onProvider("setPoolImpl", [poolCode]);
  await onProvider("setPoolConfiguratorImpl", [configuratorCode]);
  await onProvider("setACLAdmin", [admin]);
  const acl = await chain.deploy(admin, pick(contracts, "ACLManager"), [provider]);
  await onProvider("setACLManager", [acl]);
  await send(market, unbound, "ACLManager", acl, "addPoolAdmin", [admin]);
  const read = (functionName: string) =>
    chain.client.readContract({ address: provider, abi: abiOf(unbound, "PoolAddressesProvider"), functionName });
  const pool = (await read("getPool")) as Address;
  return { contracts, provider, pool, configurator: (await read("getPoolConfigurator")) as Address };
}

/** Deploys the libraries at addresses that are known before the pool that calls them is compiled. */
async function compileWithLibraries(chain: Chain): Promise<Record<string, CompiledContract>> {
  const { address: from } = await chain.account("librarian");
  const path = (name: string) => `${FOLDER}/protocol/libraries/logic/${name}.sol`;
  const addresses = LIBRARIES.map((_, nonce) => getContractAddress({ from, nonce: BigInt(nonce) }));
  const contracts = await compilePeer("aave", {
    solc: "solc-0.8.27",
    contracts: {
      ...Object.fromEntries(LIBRARIES.map((name) => [name, path(name)])),
      ...Object.fromEntries(Object.entries(CONTRACTS).map(([name, file]) => [name, `${FOLDER}/${file}`])),
    },
    settings: {
      evmVersion: "london",
      optimizer: { enabled: true, runs: 200 },
      metadata: { bytecodeHash: "none" },
      remappings: ["solidity-utils/=@bgd-labs/solidity-utils/src/", "openzeppelin-contracts/=@openzeppelin/"],
      libraries: Object.fromEntries(LIBRARIES.map((name, index) => [path(name), { [name]: addresses[index] }])),
    },
  });
  for (const [index, name] of LIBRARIES.entries()) {
    const address = await chain.deploy(from, pick(contracts, name), []);
    if (address.toLowerCase() !== addresses[index]?.toLowerCase()) throw new Error(`${name} is not where it should be`);
  }
  return contracts;
}

/** USDC and WETH with our rates, factors and fees, as far as Aave has them. */
async function listAssets(market: Market, aave: Aave): Promise<void> {
  const { chain, usdc, weth } = market;
  const admin = market.admin.address;
  const treasury = await chain.account("treasury");
  const receipt = await chain.deploy(admin, pick(aave.contracts, "ATokenInstance"), [
    aave.pool,
    zeroAddress,
    treasury.address,
  ]);
  const debt = await chain.deploy(admin, pick(aave.contracts, "VariableDebtTokenInstance"), [aave.pool, zeroAddress]);
  const configure = (functionName: string, args: readonly unknown[]) =>
    send(market, aave, "PoolConfiguratorInstance", aave.configurator, functionName, args);
  const listing = (asset: Address, symbol: string, rates: readonly [number, number, number, number]) => ({
    aTokenImpl: receipt,
    variableDebtTokenImpl: debt,
    underlyingAsset: asset,
    aTokenName: `Aave ${symbol}`,
    aTokenSymbol: `a${symbol}`,
    variableDebtTokenName: `Aave variable debt ${symbol}`,
    variableDebtTokenSymbol: `variableDebt${symbol}`,
    params: "0x",
    interestRateData: encodeAbiParameters(
      ["uint16", "uint32", "uint32", "uint32"].map((type) => ({ type })),
      rates,
    ),
  });
  // Kink, base, slopes.
  await configure("initReserves", [
    [listing(usdc, "USDC", [8_000, 0, 500, 30_000]), listing(weth, "WETH", [7_500, 50, 800, 40_000])],
  ]);
  for (const [asset, factor, threshold, reserve] of [
    [usdc, 8_500n, 8_800n, 1_000n],
    [weth, COLLATERAL_FACTOR, THRESHOLD, 1_500n],
  ] as const) {
    await configure("setReserveBorrowing", [asset, true]);
    await configure("setReserveFactor", [asset, reserve]);
    await configure("configureReserveAsCollateral", [asset, factor, threshold, BONUS]);
    await configure("setLiquidationProtocolFee", [asset, PROTOCOL_FEE]);
    await configure("setReserveFlashLoaning", [asset, true]);
    await configure("setSupplyCap", [asset, 1_000_000_000n]);
    await configure("setBorrowCap", [asset, 1_000_000_000n]);
  }
  await configure("updateFlashloanPremium", [FLASH_PREMIUM]);
}

async function send(
  market: Market,
  aave: Aave,
  name: string,
  to: Address,
  functionName: string,
  args: readonly unknown[],
): Promise<void> {
  const data = encodeFunctionData({ abi: abiOf(aave, name), functionName, args });
  await market.chain.send({ from: market.admin.address, to, data });
}

function abiOf(aave: Aave, name: string): Abi {
  return pick(aave.contracts, name).abi;
}
