import { type Address, zeroAddress } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetQuoteParameters extends ReadOptions {
  readonly orderNFT: Address;
  readonly id: bigint;
  readonly takeAmount: bigint;
  readonly taker?: Address | undefined;
}

/** Token units; zeroes when `fillOrder` would revert. */
export interface Quote {
  readonly taken: bigint;
  readonly paid: bigint;
  readonly fee: bigint;
}

/** What `fillOrder` would sell and cost now. */
export async function getQuote(client: ReadClient, parameters: GetQuoteParameters): Promise<Quote> {
  const { orderNFT, id, takeAmount, taker = zeroAddress } = parameters;
  const [taken, paid, fee] = await read(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "quote",
    args: [id, taker, takeAmount],
    options: parameters,
  });
  return { taken, paid, fee };
}
