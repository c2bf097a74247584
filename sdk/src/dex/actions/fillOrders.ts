import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { fillOptions, type FillOptionsParameters } from "../fillOptions.ts";
import type { Leg, LegResult } from "../types.ts";

export interface FillOrdersParameters extends WriteOptions, FillOptionsParameters {
  readonly orderNFT: Address;
  /** One for each pair; `routeSweep` makes them. */
  readonly legs: readonly Leg[];
}

/** Sweeps orders of one or more pairs. The order book must be approved for the bought tokens. */
export async function fillOrders(
  client: WriteClient,
  parameters: FillOrdersParameters,
): Promise<Sent<readonly LegResult[]>> {
  const { orderNFT, legs } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "fillOrders",
    args: [legs, fillOptions(parameters)],
    options: parameters,
    context: legs.length === 1 ? { sellToken: legs[0]?.sellToken, buyToken: legs[0]?.buyToken } : {},
  });
}
