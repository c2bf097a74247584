import { type Address, zeroAddress } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import { toOrder } from "../toOrder.ts";
import { FillStatus, type Order } from "../types.ts";

export interface GetOrderParameters extends ReadOptions {
  readonly orderNFT: Address;
  readonly id: bigint;
  /** Whose fill the status is for; nobody in particular unless said. */
  readonly taker?: Address | undefined;
}

/** An order as the chain has it; undefined when there is none (any more). */
export async function getOrder(client: ReadClient, parameters: GetOrderParameters): Promise<Order | undefined> {
  const { orderNFT, id, taker = zeroAddress } = parameters;
  const order = await read(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "order",
    args: [id, taker],
    options: parameters,
  });
  return order.status === FillStatus.Nonexistent ? undefined : toOrder(id, order);
}
