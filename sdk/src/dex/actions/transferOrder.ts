import type { Address, Hex } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface TransferOrderParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly from: Address;
  readonly to: Address;
  readonly id: bigint;
  /** `termsHash(id)` as the buyer saw it; with it the transfer reverts if the order has changed since. */
  readonly expectedTermsHash?: Hex | undefined;
}

/** Moves an order, and with it the claim on its tokens and its proceeds. */
export async function transferOrder(client: WriteClient, parameters: TransferOrderParameters): Promise<Sent<void>> {
  const { orderNFT, from, to, id, expectedTermsHash } = parameters;
  const shared = { address: orderNFT, abi: orderNftAbi, options: parameters } as const;
  return expectedTermsHash === undefined
    ? write(client, { ...shared, functionName: "transferFrom", args: [from, to, id] })
    : write(client, { ...shared, functionName: "transferIfUnchanged", args: [from, to, id, expectedTermsHash] });
}
