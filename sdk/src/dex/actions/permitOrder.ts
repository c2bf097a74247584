import type { Address, Hex } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface PermitOrderParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly spender: Address;
  readonly id: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
  /** The owner's, over `orderPermitTypedData`. */
  readonly signature: Hex;
}

/** Approves `spender` for an order by its owner's signature; anybody may send it. */
export async function permitOrder(client: WriteClient, parameters: PermitOrderParameters): Promise<Sent<void>> {
  const { orderNFT, spender, id, deadline, signature } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "permit",
    args: [spender, id, deadline, signature],
    options: parameters,
  });
}
