import type { Address } from "viem";

import { orderRouterAbi } from "../../abi/orderRouterAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { fillOptions, type FillOptionsParameters } from "../fillOptions.ts";
import type { Leg, LegResult } from "../types.ts";

export interface FillOrdersWithCoinParameters
  extends WriteOptions, Omit<FillOptionsParameters, "data" | "useDiscount"> {
  readonly orderRouter: Address;
  /** Its `buyToken` is the wrapped coin; its `maxPay` is sent with the call. */
  readonly leg: Leg;
}

/** Sweeps orders of one pair, paid with the chain's own coin; what is not spent goes back. */
export async function fillOrdersWithCoin(
  client: WriteClient,
  parameters: FillOrdersWithCoinParameters,
): Promise<Sent<LegResult>> {
  const { orderRouter, leg } = parameters;
  return write(client, {
    address: orderRouter,
    abi: orderRouterAbi,
    functionName: "fillWithCoin",
    args: [leg, fillOptions(parameters)],
    value: leg.maxPay,
    options: parameters,
    context: { sellToken: leg.sellToken, buyToken: leg.buyToken },
  });
}
