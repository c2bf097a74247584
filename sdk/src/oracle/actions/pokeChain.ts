import type { Address } from "viem";

import { priceFeedReceiverAbi } from "../../abi/priceFeedReceiverAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface PokeChainParameters extends WriteOptions {
  readonly priceFeedReceiver: Address;
}

/**
 * Writes the chain's heartbeat, so that a stall is seen and its grace can end. @returns whether anything was written, as
 * simulated: nothing within 10 minutes of the last one, unless a stall is found.
 */
export async function pokeChain(client: WriteClient, parameters: PokeChainParameters): Promise<Sent<boolean>> {
  return write(client, {
    address: parameters.priceFeedReceiver,
    abi: priceFeedReceiverAbi,
    functionName: "poke",
    args: [],
    options: parameters,
  });
}
