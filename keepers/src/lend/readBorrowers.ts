import type { Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";
import { lendLensAbi } from "./lendLensAbi.ts";
import type { Borrower } from "./types.ts";

/** Accounts in one `eth_call`: some 10 M gas with three assets each, below what nodes allow a call. */
const BATCH = 100;
const PARALLEL = 8;

/** How `accounts` stand on chain now, in their order. */
export async function readBorrowers(
  access: ChainAccess,
  lens: Address,
  accounts: readonly Address[],
): Promise<Borrower[]> {
  const batches: (readonly Address[])[] = [];
  for (let i = 0; i < accounts.length; i += BATCH) batches.push(accounts.slice(i, i + BATCH));
  const results: Borrower[][] = batches.map(() => []);
  // One iterator for all workers: each takes the next batch that nobody has.
  const queue = batches.entries();
  async function work(): Promise<void> {
    for (const [index, batch] of queue) results[index] = await readBatch(access, lens, batch);
  }
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return results.flat();
}

async function readBatch(access: ChainAccess, lens: Address, batch: readonly Address[]): Promise<Borrower[]> {
  const views = await access.read.readContract({
    address: lens,
    abi: lendLensAbi,
    functionName: "accounts",
    args: [batch],
  });
  return views.map((view) => ({
    account: view.account,
    collateralBits: view.collateralBits,
    debtBits: view.debtBits,
    unreadable: view.unreadable,
    collateral: view.collateral,
    debt: view.debt,
    health: view.health,
    healthInFavour: view.healthInFavour,
    liquidatableFrom: view.liquidatableFrom,
  }));
}
