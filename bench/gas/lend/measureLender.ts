import { type Address, erc20Abi } from "viem";

import type { Transaction } from "../chain.ts";
import { type Cost, measure } from "../measure.ts";
import { isolated } from "../scenario.ts";
import {
  COLLATERAL,
  DEPTH,
  EARLIER_DEBT,
  FALLEN_PRICE,
  FLASH,
  LARGE,
  LIQUIDATED,
  SMALL,
  UNHEALTHY_DEBT,
} from "./amounts.ts";
import type { Lender } from "./lender.ts";

/** The rows that every lending protocol has. */
export const LENDER_ROWS = [
  "supplyNew",
  "supply",
  "withdraw",
  "borrowFirst",
  "borrow",
  "repay",
  "liquidate",
  "flashLoan",
] as const;

export type LenderRow = (typeof LENDER_ROWS)[number];

/** How far from the amount asked a liquidation may repay: some protocols take shares. */
const TOLERANCE = 1_000n;

/** Another account lends, another one owes: nothing is the first of its kind. */
export async function openLender(lender: Lender): Promise<void> {
  const { market } = lender;
  const { other, maker, taker } = market;
  const earlier = await market.chain.account("earlier borrower");
  for (const { address } of [other, maker, taker, earlier]) await lender.join(address);
  await send(lender, lender.supply(other.address, DEPTH.usdc));
  await send(lender, ...lender.secure(other.address, DEPTH.weth));
  await send(lender, ...lender.secure(earlier.address, COLLATERAL), lender.borrow(earlier.address, EARLIER_DEBT));
  await lender.pass();
}

/** Measures all rows on an opened protocol. */
export function measureLender(lender: Lender): Promise<Record<LenderRow, Cost>> {
  return measureRows(lender, LENDER_ROWS);
}

/**
 * Measures rows on an opened protocol, each from the same state, interest accrued before.
 * @throws when a row moved other amounts than it should
 */
export async function measureRows<Row extends LenderRow>(
  lender: Lender,
  names: readonly Row[],
): Promise<Record<Row, Cost>> {
  const rows = {} as Record<Row, Cost>;
  for (const name of names) rows[name] = await isolated(lender.market.chain, () => measureRow(lender, name));
  return rows;
}

async function measureRow(lender: Lender, name: LenderRow): Promise<Cost> {
  const { market } = lender;
  const user = market.maker.address;
  const before: Transaction[] = [];
  if (name === "supply") before.push(lender.supply(user, SMALL));
  if (name === "withdraw") before.push(lender.supply(user, LARGE));
  if (name === "borrowFirst" || name === "borrow" || name === "repay") before.push(...lender.secure(user, COLLATERAL));
  if (name === "borrow") before.push(lender.borrow(user, SMALL));
  if (name === "repay") before.push(lender.borrow(user, LARGE));
  await send(lender, ...before);
  if (before.length > 0) await lender.pass();

  switch (name) {
    case "supplyNew":
      return measureMove(lender, lender.supply(user, SMALL), -SMALL);
    case "supply":
      return measureMove(lender, lender.supply(user, LARGE), -LARGE);
    case "withdraw":
      return measureMove(lender, lender.withdraw(user, SMALL), SMALL);
    case "borrowFirst":
      return measureMove(lender, lender.borrow(user, SMALL), SMALL);
    case "borrow":
      return measureMove(lender, lender.borrow(user, LARGE), LARGE);
    case "repay":
      return measureMove(lender, lender.repay(user, SMALL), -SMALL);
    case "liquidate":
      return measureLiquidation(lender);
    case "flashLoan":
      return measureMove(lender, lender.flashLoan(user, FLASH), 0n);
  }
}

/** A second liquidation by the same account: the first filled the slots that later ones only change. */
async function measureLiquidation(lender: Lender): Promise<Cost> {
  const { market } = lender;
  const liquidator = market.taker.address;
  await prepareLiquidation(lender);
  const transaction = await lender.liquidate(liquidator, market.maker.address, LIQUIDATED);
  const before = await balances(lender, liquidator);
  const cost = await measure(market.chain, transaction);
  const after = await balances(lender, liquidator);
  const paid = before.usdc - after.usdc;
  if (paid < LIQUIDATED - TOLERANCE || paid > LIQUIDATED + TOLERANCE) throw new Error(`a liquidation cost ${paid}`);
  // Worth more than was paid, or nobody would do it; the amounts have 12 decimals between them.
  const worth = ((after.weth - before.weth) * FALLEN_PRICE) / 10n ** 12n;
  if (worth <= paid) throw new Error(`a liquidation for ${paid} brought WETH worth ${worth}`);
  return cost;
}

/** Two accounts under water, of which the liquidator has dealt with one. */
export async function prepareLiquidation(lender: Lender): Promise<void> {
  const { market } = lender;
  const second = await market.chain.account("second borrower");
  await lender.join(second.address);
  await send(lender, lender.supply(market.taker.address, SMALL), ...lender.secure(market.taker.address, COLLATERAL));
  for (const borrower of [market.maker.address, second.address]) {
    await send(lender, ...lender.secure(borrower, COLLATERAL), lender.borrow(borrower, UNHEALTHY_DEBT));
  }
  await lender.pass();
  await lender.setPrice(FALLEN_PRICE);
  await send(lender, await lender.liquidate(market.taker.address, second.address, LIQUIDATED));
}

/** Measures a transaction that must change its sender's USDC by `change`. */
async function measureMove(lender: Lender, transaction: Transaction, change: bigint): Promise<Cost> {
  const before = await balances(lender, transaction.from);
  const cost = await measure(lender.market.chain, transaction);
  const after = await balances(lender, transaction.from);
  const moved = after.usdc - before.usdc;
  if (moved !== change) throw new Error(`a transaction moved ${moved} USDC instead of ${change}`);
  return cost;
}

async function balances({ market }: Lender, holder: Address): Promise<{ usdc: bigint; weth: bigint }> {
  const read = (address: Address) =>
    market.chain.client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args: [holder] });
  return { usdc: await read(market.usdc), weth: await read(market.weth) };
}

async function send(lender: Lender, ...transactions: readonly Transaction[]): Promise<void> {
  for (const transaction of transactions) await lender.market.chain.send(transaction);
}
