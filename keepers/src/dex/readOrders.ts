import type { Address } from "viem";
import { orderLensAbi } from "@cxmpute/sdk";

import type { ChainAccess } from "../engine/chain/access.ts";
import type { ViewOrder } from "./types.ts";

/** Orders in one `eth_call`: about 3 M gas, well below what nodes allow a call. */
const BATCH = 250;
const PARALLEL = 8;

/** What is known of each of `ids` on chain now, as `taker` sees it; in the order of `ids`. */
export async function readOrders(
  access: ChainAccess,
  lens: Address,
  taker: Address,
  ids: readonly bigint[],
): Promise<ViewOrder[]> {
  const batches: (readonly bigint[])[] = [];
  for (let i = 0; i < ids.length; i += BATCH) batches.push(ids.slice(i, i + BATCH));
  const results: ViewOrder[][] = batches.map(() => []);
  // One iterator for all workers: each takes the next batch that nobody has.
  const queue = batches.entries();
  async function work(): Promise<void> {
    for (const [index, batch] of queue) results[index] = await readBatch(access, lens, taker, batch);
  }
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return results.flat();
}

async function readBatch(
  access: ChainAccess,
  lens: Address,
  taker: Address,
  batch: readonly bigint[],
): Promise<ViewOrder[]> {
  const orders = await access.read.readContract({
    address: lens,
    abi: orderLensAbi,
    functionName: "orders",
    args: [batch, taker],
  });
  return batch.flatMap((id, index): ViewOrder[] => {
    const order = orders[index];
    if (order === undefined) return [];
    const { maker, sellToken, buyToken, remaining, available, price, terms, expiry, status } = order;
    return [{ id, maker, sellToken, buyToken, remaining, available, price, terms, expiry, status }];
  });
}
