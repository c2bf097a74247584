import type { Address, Hex } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface CancelOrdersWithSignatureParameters extends WriteOptions {
  readonly orderNFT: Address;
  /** Who owns all the orders and signed. */
  readonly owner: Address;
  /** As they were signed, in the same order. */
  readonly ids: readonly bigint[];
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
  /** The owner's, over `cancelTypedData`. */
  readonly signature: Hex;
}

/** Cancels an owner's orders by its signature; anybody may send it. @returns how many were ended, as simulated. */
export async function cancelOrdersWithSignature(
  client: WriteClient,
  parameters: CancelOrdersWithSignatureParameters,
): Promise<Sent<bigint>> {
  const { orderNFT, owner, ids, deadline, signature } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "cancelWithSignature",
    args: [owner, ids, deadline, signature],
    options: parameters,
  });
}
