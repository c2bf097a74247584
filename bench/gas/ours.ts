import { type Chain, withChain } from "./chain.ts";
import type { Cost } from "./measure.ts";
import { GAS_PER_PROOF_BYTE, codeProof } from "./proof.ts";
import { codeSize } from "./trace.ts";
import { openBook } from "./ours/book.ts";
import { measureCalls } from "./ours/calls.ts";
import { measureLend, measureLendOverOracle } from "./ours/lendRows.ts";
import { measureOracle } from "./ours/oracleRows.ts";
import { measureOrders } from "./ours/orders.ts";
import { measureSweeps } from "./ours/sweeps.ts";

/** Every row of ours, each system on a chain of its own, from the artifacts that `hardhat build` left. */
export async function measureOurs(): Promise<Record<string, Cost>> {
  // One after the other: a chain's share of a small machine must not depend on how many there are.
  const rows: Record<string, Cost> = {};
  for (const system of [measureBook, measureLend, measureLendOverOracle, measureOracle]) {
    Object.assign(rows, await withChain("london", system));
  }
  return rows;
}

async function measureBook(chain: Chain): Promise<Record<string, Cost>> {
  const book = await openBook(chain);
  const size = await codeSize(chain, book.book);
  return {
    ...(await measureOrders(book)),
    ...(await measureSweeps(book)),
    ...(await measureCalls(book)),
    "dex.size": { gas: size, peaq: codeProof(size) * GAS_PER_PROOF_BYTE },
  };
}
