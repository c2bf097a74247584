import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetTakerFeeParameters extends ReadOptions {
  readonly orderNFT: Address;
}

/** The taker fee in millionths, before any discount. */
export async function getTakerFee(client: ReadClient, parameters: GetTakerFeeParameters): Promise<bigint> {
  return read(client, {
    address: parameters.orderNFT,
    abi: orderNftAbi,
    functionName: "takerFee",
    args: [],
    options: parameters,
  });
}
