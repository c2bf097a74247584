import { byPriceThenTime, getOrders, type Order, orderNftAbi } from "@cxmpute/sdk";
import { type Address, getAbiItem } from "viem";

import type { Context } from "./context.ts";
import { indexedIds } from "./indexedIds.ts";

/** Orders a lens call is asked for. */
const BATCH = 200;
/** Blocks a log request spans on networks that bound it. */
const BLOCK_SPAN = 10_000n;

const orderCreated = getAbiItem({ abi: orderNftAbi, name: "OrderCreated" });

export interface LoadOrdersParameters {
  sellToken: Address;
  buyToken: Address;
  /** Whose fill the statuses are for. */
  taker?: Address | undefined;
  /** Base URL of an indexer that knows the ids; without one they come from the chain's logs. */
  indexer?: string | undefined;
}

/** The orders that sell one token for another and still stand, as the chain has them now, best first. */
export async function loadOrders(context: Context, parameters: LoadOrdersParameters): Promise<Order[]> {
  const { sellToken, buyToken, taker, indexer } = parameters;
  const ids =
    indexer === undefined
      ? await createdIds(context, sellToken, buyToken)
      : await indexedIds(indexer, sellToken, buyToken);
  return (await readOrders(context, ids, taker)).sort(byPriceThenTime);
}

/** Ids from the order book's events, oldest first. */
async function createdIds({ client, deployment, book, isLocal }: Context, sellToken: Address, buyToken: Address) {
  const latest = await client.getBlockNumber();
  const span = isLocal ? latest + 1n : BLOCK_SPAN;
  const ids: bigint[] = [];
  for (let from = BigInt(deployment.startBlock); from <= latest; from += span) {
    const logs = await client.getLogs({
      address: book,
      event: orderCreated,
      args: { sellToken, buyToken },
      fromBlock: from,
      toBlock: from + span - 1n < latest ? from + span - 1n : latest,
      strict: true,
    });
    ids.push(...logs.map((log) => log.args.id));
  }
  return ids;
}

/** What the chain says of each order now; those that were filled or cancelled are left out. */
async function readOrders({ client, deployment }: Context, ids: readonly bigint[], taker: Address | undefined) {
  const orders: Order[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const read = await getOrders(client, {
      orderLens: deployment.contracts.orderLens,
      ids: ids.slice(from, from + BATCH),
      taker,
    });
    read.forEach((order, i) => order && orders.push({ ...order, sequence: BigInt(from + i) }));
  }
  return orders;
}
