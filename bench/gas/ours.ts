import type { Chain } from "./chain.ts";
import type { Cost } from "./measure.ts";
import { GAS_PER_PROOF_BYTE, codeProof } from "./proof.ts";
import { codeSize } from "./trace.ts";
import { openBook } from "./ours/book.ts";
import { measureCalls } from "./ours/calls.ts";
import { measureOrders } from "./ours/orders.ts";
import { measureSweeps } from "./ours/sweeps.ts";

/** Every row of the order book, from the artifacts that `hardhat build` left. */
export async function measureOurs(chain: Chain): Promise<Record<string, Cost>> {
  const book = await openBook(chain);
  const size = await codeSize(chain, book.book);
  return {
    ...(await measureOrders(book)),
    ...(await measureSweeps(book)),
    ...(await measureCalls(book)),
    "dex.size": { gas: size, peaq: codeProof(size) * GAS_PER_PROOF_BYTE },
  };
}
