import type { Address, Hex } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import type { Price } from "../types.ts";

export interface AmendOrderWithSignatureParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly id: bigint;
  /** Not more than what remains now. */
  readonly newRemaining: bigint;
  readonly newPrice: Price;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
  /** The owner's, over `amendTypedData`. */
  readonly signature: Hex;
}

/** Changes an order by its owner's signature; anybody may send it. */
export async function amendOrderWithSignature(
  client: WriteClient,
  parameters: AmendOrderWithSignatureParameters,
): Promise<Sent<void>> {
  const { orderNFT, id, newRemaining, newPrice, deadline, signature } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "amendWithSignature",
    args: [id, newRemaining, newPrice, deadline, signature],
    options: parameters,
  });
}
