import type { Address, Hex } from "viem";

import { orderRouterAbi } from "../../abi/orderRouterAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { fillOptions, type FillOptionsParameters } from "../fillOptions.ts";
import type { Leg, LegResult } from "../types.ts";

/** The sender's Permit2 permission for one leg's payment, over `legPermitTypedData`. */
export interface LegPermit {
  readonly nonce: bigint;
  readonly deadline: bigint;
  readonly signature: Hex;
}

export interface FillOrdersWithPermit2Parameters
  extends WriteOptions, Omit<FillOptionsParameters, "data" | "useDiscount"> {
  readonly orderRouter: Address;
  readonly legs: readonly Leg[];
  /** One for each leg. */
  readonly permits: readonly LegPermit[];
}

/**
 * Sweeps orders, paid through Permit2; what is not spent is never taken. The router is the taker, so that orders
 * reserved for the sender are passed over.
 */
export async function fillOrdersWithPermit2(
  client: WriteClient,
  parameters: FillOrdersWithPermit2Parameters,
): Promise<Sent<readonly LegResult[]>> {
  const { orderRouter, legs, permits } = parameters;
  return write(client, {
    address: orderRouter,
    abi: orderRouterAbi,
    functionName: "fillWithPermit2",
    args: [legs, fillOptions(parameters), permits],
    options: parameters,
    context: legs.length === 1 ? { sellToken: legs[0]?.sellToken, buyToken: legs[0]?.buyToken } : {},
  });
}
