import { lendControllerAbi, uTokenAbi } from "@cxmpute/sdk";
import { type Abi, type Address, encodeFunctionData, erc20Abi, keccak256, maxUint256, toHex, zeroAddress } from "viem";

import type { Transaction } from "../chain.ts";
import { COLLATERAL_FACTOR, THRESHOLD } from "../lend/amounts.ts";
import { deployFlashBorrower } from "../lend/flashBorrower.ts";
import type { Lender } from "../lend/lender.ts";
import { type Market, mint } from "../scenario.ts";
import { deployManager, deployOurs } from "./deployOurs.ts";

const USDC_ID = 0n;
const WETH_ID = 1n;
const CAP = 1_000_000_000n;
/** Millionths: 8 bps. */
const FLASH_FEE = 800n;
const FLASH_ANSWER = keccak256(toHex("ERC3156FlashBorrower.onFlashLoan"));

/** Lending as it goes live. */
export interface Lending extends Lender {
  controller: Address;
  uUsdc: Address;
  uWeth: Address;
  /** Takes the collateral as uTokens (`asShares`), or as the asset. */
  liquidateAs(from: Address, borrower: Address, amount: bigint, asShares: boolean): Transaction;
}

/** What prices the assets, and how its time and prices move. */
export interface Pricing {
  oracle: Address;
  pass(): Promise<void>;
  setPrice(usd: bigint): Promise<void>;
}

/** Deploys the controller and the pools of USDC and WETH, from the artifacts of `hardhat build`. */
export async function deployLending(market: Market, pricing: Pricing): Promise<Lending> {
  const { chain, usdc, weth } = market;
  const admin = market.admin.address;
  const manager = await deployManager(chain, admin);
  const controller = await deployController(market, manager, pricing.oracle);
  const hooks = await deployOurs(chain, admin, contract("UTokenHooks"), { controller_: controller });
  const pool = (asset: Address, id: bigint, symbol: string) =>
    deployPool(market, { authority: manager, controller, asset, id }, symbol, hooks);
  const uUsdc = await pool(usdc, USDC_ID, "uUSDC");
  await configure(market, controller, uUsdc, {
    model: { baseBps: 0n, slope1Bps: 500n, slope2Bps: 30_000n, kinkBps: 8_000n },
    reserveFactor: 1_000n,
    factor: 8_500n,
    threshold: 8_800n,
  });
  const uWeth = await pool(weth, WETH_ID, "uWETH");
  await configure(market, controller, uWeth, {
    model: { baseBps: 50n, slope1Bps: 800n, slope2Bps: 40_000n, kinkBps: 7_500n },
    reserveFactor: 1_500n,
    factor: COLLATERAL_FACTOR,
    threshold: THRESHOLD,
  });

  const onUsdc = (from: Address, name: string, args: readonly unknown[]) => call(from, uUsdc, uTokenAbi, name, args);
  const onWeth = (from: Address, name: string, args: readonly unknown[]) => call(from, uWeth, uTokenAbi, name, args);
  const flashBorrower = await deployFlashBorrower(market, uUsdc, FLASH_ANSWER);
  const liquidateAs = (from: Address, borrower: Address, maxRepay: bigint, asShares: boolean) => {
    const ids = { debtId: USDC_ID, collateralId: WETH_ID };
    const order = { borrower, ...ids, maxRepay, minSeized: 1n, receiver: zeroAddress, asShares, data: "0x" };
    return call(from, controller, lendControllerAbi, "liquidate", [order]);
  };
  return {
    ...pricing,
    market,
    controller,
    uUsdc,
    uWeth,
    flashBorrower,
    async join(account) {
      await mint(market, account);
      await chain.send(call(account, usdc, erc20Abi, "approve", [uUsdc, maxUint256]));
      await chain.send(call(account, weth, erc20Abi, "approve", [uWeth, maxUint256]));
    },
    supply: (from, amount) => onUsdc(from, "deposit", [amount, from]),
    withdraw: (from, amount) => onUsdc(from, "withdraw", [amount, from, from]),
    secure: (from, amount) => [onWeth(from, "deposit", [amount, from]), onWeth(from, "setCollateral", [true])],
    borrow: (from, amount) => onUsdc(from, "borrow", [amount, from, from]),
    repay: (from, amount) => onUsdc(from, "repay", [amount, from]),
    liquidateAs,
    liquidate: (from, borrower, amount) => Promise.resolve(liquidateAs(from, borrower, amount, false)),
    flashLoan: (from, amount) => onUsdc(from, "flashLoan", [flashBorrower, usdc, amount, "0x"]),
  };
}

async function deployController(market: Market, manager: Address, oracle: Address): Promise<Address> {
  const { chain } = market;
  const admin = market.admin.address;
  const treasury = await chain.account("treasury");
  const values = { authority_: manager, oracle_: oracle, treasury_: treasury.address };
  const views = await deployOurs(chain, admin, contract("ControllerExtension"), values);
  const liquidation = await deployOurs(chain, admin, contract("LiquidationExtension"), { ...values, next_: views });
  return deployOurs(chain, admin, contract("LendController"), { ...values, liquidationExtension_: liquidation });
}

async function deployPool(
  market: Market,
  setup: { authority: Address; controller: Address; asset: Address; id: bigint },
  symbol: string,
  hooks: Address,
): Promise<Address> {
  const deploy = (name: string, values: Record<string, unknown>) =>
    deployOurs(market.chain, market.admin.address, contract(name), { setup, ...values });
  const next = await deploy("UTokenAdminExtension", {});
  const names = { next_: next, name_: `Cxmpute ${symbol}`, symbol_: symbol };
  const extension = await deploy("UTokenExtension", names);
  return deploy("UToken", { extension_: extension, hooks_: hooks });
}

interface Parameters {
  model: { baseBps: bigint; slope1Bps: bigint; slope2Bps: bigint; kinkBps: bigint };
  reserveFactor: bigint;
  factor: bigint;
  threshold: bigint;
}

async function configure(market: Market, controller: Address, pool: Address, parameters: Parameters): Promise<void> {
  const admin = market.admin.address;
  const { model, reserveFactor, factor, threshold } = parameters;
  const asset = {
    collateralFactor: factor,
    threshold,
    closeFactor: 5_000n,
    isolated: false,
    isolationDebt: false,
  };
  for (const transaction of [
    call(admin, pool, uTokenAbi, "setRateModel", [model]),
    call(admin, pool, uTokenAbi, "setReserveFactor", [reserveFactor]),
    call(admin, pool, uTokenAbi, "setCaps", [CAP, CAP]),
    call(admin, pool, uTokenAbi, "setFlashFee", [FLASH_FEE]),
    call(admin, controller, lendControllerAbi, "list", [pool, asset]),
  ]) {
    await market.chain.send(transaction);
  }
}

function call(from: Address, to: Address, abi: Abi, functionName: string, args: readonly unknown[]): Transaction {
  return { from, to, data: encodeFunctionData({ abi, functionName, args }) };
}

function contract(name: string): string {
  return `contracts/lend/${name}.sol/${name}`;
}
