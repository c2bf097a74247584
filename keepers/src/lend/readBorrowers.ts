import { getLendAccounts, type LendAccountView } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";

/** Accounts in one `eth_call`: some 10 M gas with three assets each, below what nodes allow a call. */
const BATCH = 100;
const PARALLEL = 8;

/** How `accounts` stand on chain now, in their order. */
export async function readBorrowers(
  access: ChainAccess,
  lens: Address,
  accounts: readonly Address[],
): Promise<LendAccountView[]> {
  const batches: (readonly Address[])[] = [];
  for (let i = 0; i < accounts.length; i += BATCH) batches.push(accounts.slice(i, i + BATCH));
  const results: (readonly LendAccountView[])[] = batches.map(() => []);
  // One iterator for all workers: each takes the next batch that nobody has.
  const queue = batches.entries();
  async function work(): Promise<void> {
    for (const [index, batch] of queue) results[index] = await getLendAccounts(access.read, { lens, accounts: batch });
  }
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return results.flat();
}
