import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import type { NewOrder } from "../types.ts";

export interface CreateOrdersParameters extends WriteOptions {
  readonly orderNFT: Address;
  /** See `newOrder`. Orders of one sold token that follow each other are paid in one transfer. */
  readonly orders: readonly NewOrder[];
}

/** Creates several orders, with every feature; the sender pays for all. @returns their ids as simulated. */
export async function createOrders(
  client: WriteClient,
  parameters: CreateOrdersParameters,
): Promise<Sent<readonly bigint[]>> {
  const { orderNFT, orders } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "createMany",
    args: [orders],
    options: parameters,
    context: { sellToken: orders[0]?.sellToken, buyToken: orders[0]?.buyToken },
  });
}
