import type { Address, Hex } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import type { NewOrder } from "../types.ts";

export interface CreateOrderWithPermit2Parameters extends WriteOptions {
  readonly orderNFT: Address;
  /** As it was signed. */
  readonly order: NewOrder;
  /** Unordered Permit2 nonce, as it was signed. */
  readonly permitNonce: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
  /** The maker's, over `newOrderWitnessTypedData`. */
  readonly signature: Hex;
}

/** Creates an order for its maker, who pays through Permit2; anybody may send it. @returns its id as simulated. */
export async function createOrderWithPermit2(
  client: WriteClient,
  parameters: CreateOrderWithPermit2Parameters,
): Promise<Sent<bigint>> {
  const { orderNFT, order, permitNonce, deadline, signature } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "createWithPermit2",
    args: [order, permitNonce, deadline, signature],
    options: parameters,
    context: { sellToken: order.sellToken, buyToken: order.buyToken },
  });
}
