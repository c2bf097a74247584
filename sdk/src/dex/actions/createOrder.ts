import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { NO_EXPIRY } from "../constants.ts";
import { encodeTerms, type OrderTerms } from "../terms.ts";
import type { Price } from "../types.ts";

export interface CreateOrderParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly sellToken: Address;
  readonly buyToken: Address;
  /** 1 to 2^96 − 1 units. */
  readonly sellAmount: bigint;
  readonly price: Price;
  /** First second at which it can no longer be filled; never unless said. */
  readonly expiry?: number | undefined;
  /** Observed orders need `createOrders`. */
  readonly terms?: Omit<OrderTerms, "observed"> | undefined;
  /** Whose order it becomes; the sender's unless said. The sender pays. */
  readonly maker?: Address | undefined;
}

/**
 * Sells tokens at a price. The order book must be approved for the sold token.
 * @returns the hash, and the order's id as simulated; `waitForOrders` gives the id that it really got.
 */
export async function createOrder(client: WriteClient, parameters: CreateOrderParameters): Promise<Sent<bigint>> {
  const { orderNFT, sellToken, buyToken, sellAmount, price, expiry = NO_EXPIRY, terms, maker } = parameters;
  const args = [sellToken, buyToken, sellAmount, price, expiry, encodeTerms(terms)] as const;
  const shared = {
    address: orderNFT,
    abi: orderNftAbi,
    options: parameters,
    context: { sellToken, buyToken },
  } as const;
  return maker === undefined
    ? write(client, { ...shared, functionName: "create", args })
    : write(client, { ...shared, functionName: "createFor", args: [maker, ...args] });
}
