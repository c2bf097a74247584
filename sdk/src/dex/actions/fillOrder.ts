import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { NO_PAY_LIMIT } from "../constants.ts";

export interface FillOrderParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly id: bigint;
  /** Most units of the sold token, fee included; 1 to 2^96 − 1. */
  readonly takeAmount: bigint;
  /** Most units of the bought token for all of `takeAmount`, and in proportion for a part; no limit unless said. */
  readonly maxPay?: bigint | undefined;
  /** The order's tokens, for the sentences of errors. */
  readonly sellToken?: Address | undefined;
  readonly buyToken?: Address | undefined;
}

/** What one fill came to, in token units. */
export interface FillOrderResult {
  /** Of the sold token, fee deducted. */
  readonly received: bigint;
  /** Of the bought token. */
  readonly paid: bigint;
}

/** Takes from one order. The order book must be approved for the bought token. */
export async function fillOrder(client: WriteClient, parameters: FillOrderParameters): Promise<Sent<FillOrderResult>> {
  const { orderNFT, id, takeAmount, maxPay = NO_PAY_LIMIT, sellToken, buyToken } = parameters;
  const { hash, simulated } = await write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "fill",
    args: [id, takeAmount, maxPay],
    options: parameters,
    context: { sellToken, buyToken },
  });
  return { hash, simulated: { received: simulated[0], paid: simulated[1] } };
}
