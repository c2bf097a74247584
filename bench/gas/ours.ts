import { type Chain, withChain } from "./chain.ts";
import type { Cost } from "./measure.ts";
import { GAS_PER_PROOF_BYTE, codeProof } from "./proof.ts";
import { ownContracts } from "./scenario.ts";
import { codeSize } from "./trace.ts";
import { openBook } from "./ours/book.ts";
import { measureCalls } from "./ours/calls.ts";
import { measureLend, measureLendOverOracle } from "./ours/lendRows.ts";
import { measureOracle } from "./ours/oracleRows.ts";
import { measureOrders } from "./ours/orders.ts";
import { measureSweeps } from "./ours/sweeps.ts";

/** Every row of ours, each system on a chain of its own, from the artifacts that `hardhat build` left. */
export async function measureOurs(): Promise<Record<string, Cost>> {
  const systems = [measureBook, measureLend, measureLendOverOracle, measureOracle];
  // What the chains share must not be compiled four times.
  await ownContracts();
  const rows = await Promise.all(systems.map((system) => withChain("london", system)));
  return Object.assign({}, ...rows) as Record<string, Cost>;
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
