import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface CancelOrderParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly id: bigint;
}

/**
 * Ends an order and refunds its owner. Owner and approved accounts may always; anybody may once it has expired or is
 * older than its maker's epoch. @returns the refund in units of the sold token, as simulated.
 */
export async function cancelOrder(client: WriteClient, parameters: CancelOrderParameters): Promise<Sent<bigint>> {
  const { orderNFT, id } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "cancel",
    args: [id],
    options: parameters,
  });
}
