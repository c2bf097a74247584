import type { Address } from "viem";

import { orderRouterAbi } from "../../abi/orderRouterAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { fillOptions, type FillOptionsParameters } from "../fillOptions.ts";
import type { Leg, LegResult } from "../types.ts";

export interface FillOrdersForCoinParameters extends WriteOptions, Omit<FillOptionsParameters, "data" | "useDiscount"> {
  readonly orderRouter: Address;
  /** Its `sellToken` is the wrapped coin. */
  readonly leg: Leg;
}

/** Sweeps orders that sell the wrapped coin and receives it unwrapped. The router must be approved for `buyToken`. */
export async function fillOrdersForCoin(
  client: WriteClient,
  parameters: FillOrdersForCoinParameters,
): Promise<Sent<LegResult>> {
  const { orderRouter, leg } = parameters;
  return write(client, {
    address: orderRouter,
    abi: orderRouterAbi,
    functionName: "fillForCoin",
    args: [leg, fillOptions(parameters)],
    options: parameters,
    context: { sellToken: leg.sellToken, buyToken: leg.buyToken },
  });
}
