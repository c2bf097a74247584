import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import type { Price } from "../types.ts";

export interface AmendOrderParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly id: bigint;
  /** 1 to 2^96 − 1 units; the sender pays a difference in, the owner receives a difference out. */
  readonly newRemaining: bigint;
  readonly newPrice: Price;
}

/** Changes amount and price in place; the id, its approvals and its expiry stay. */
export async function amendOrder(client: WriteClient, parameters: AmendOrderParameters): Promise<Sent<void>> {
  const { orderNFT, id, newRemaining, newPrice } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "amend",
    args: [id, newRemaining, newPrice],
    options: parameters,
  });
}
