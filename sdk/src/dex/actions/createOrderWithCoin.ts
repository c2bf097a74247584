import type { Address } from "viem";

import { orderRouterAbi } from "../../abi/orderRouterAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { NO_EXPIRY } from "../constants.ts";
import { encodeTerms, type OrderTerms } from "../terms.ts";
import type { Price } from "../types.ts";

export interface CreateOrderWithCoinParameters extends WriteOptions {
  readonly orderRouter: Address;
  readonly buyToken: Address;
  /** Units of the chain's own coin, sent with the call and sold wrapped. */
  readonly sellAmount: bigint;
  readonly price: Price;
  /** First second at which it can no longer be filled; never unless said. */
  readonly expiry?: number | undefined;
  readonly terms?: Omit<OrderTerms, "observed"> | undefined;
}

/** Creates an order that sells the chain's own coin. @returns its id as simulated. */
export async function createOrderWithCoin(
  client: WriteClient,
  parameters: CreateOrderWithCoinParameters,
): Promise<Sent<bigint>> {
  const { orderRouter, buyToken, sellAmount, price, expiry = NO_EXPIRY, terms } = parameters;
  return write(client, {
    address: orderRouter,
    abi: orderRouterAbi,
    functionName: "createWithCoin",
    args: [buyToken, price, expiry, encodeTerms(terms)],
    value: sellAmount,
    options: parameters,
    context: { buyToken },
  });
}
