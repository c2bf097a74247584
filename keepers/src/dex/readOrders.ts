import { getOrders, type Order } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";

/** Orders in one `eth_call`: about 3 M gas, well below what nodes allow a call. */
const BATCH = 250;
const PARALLEL = 8;

/** What is known of each of `ids` on chain now, as `taker` sees it; undefined for those that are gone. */
export async function readOrders(
  access: ChainAccess,
  orderLens: Address,
  taker: Address,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, Order | undefined>> {
  const batches: (readonly bigint[])[] = [];
  for (let i = 0; i < ids.length; i += BATCH) batches.push(ids.slice(i, i + BATCH));
  const found = new Map<bigint, Order | undefined>();
  // One iterator for all workers: each takes the next batch that nobody has.
  const queue = batches.values();
  async function work(): Promise<void> {
    for (const batch of queue) {
      const orders = await getOrders(access.read, { orderLens, ids: batch, taker });
      for (const [index, id] of batch.entries()) found.set(id, orders[index]);
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return found;
}
