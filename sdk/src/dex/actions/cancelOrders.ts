import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface CancelOrdersParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly ids: readonly bigint[];
}

/** Cancels each order that is there and the sender's to cancel. @returns how many were ended, as simulated. */
export async function cancelOrders(client: WriteClient, parameters: CancelOrdersParameters): Promise<Sent<bigint>> {
  const { orderNFT, ids } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "cancelMany",
    args: [ids],
    options: parameters,
  });
}
