import type { Address, Hex } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetTermsHashParameters extends ReadOptions {
  readonly orderNFT: Address;
  readonly id: bigint;
}

/** A hash of all that makes an order's worth, for `amendTypedData` and for transfers that insist on it. */
export async function getTermsHash(client: ReadClient, parameters: GetTermsHashParameters): Promise<Hex> {
  const { orderNFT, id } = parameters;
  return read(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "termsHash",
    args: [id],
    options: parameters,
  });
}
