import type { Address } from "viem";

import { priceFeedReceiverAbi } from "../../abi/priceFeedReceiverAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetBeatParameters extends ReadOptions {
  readonly priceFeedReceiver: Address;
}

/** The chain's heartbeat, as the receiver has it. */
export interface Beat {
  /** When it was last written, seconds. */
  readonly beatAt: bigint;
  readonly beatBlock: bigint;
  /** Expected, milliseconds. */
  readonly blockTime: bigint;
  /** First second at which the chain's last stall does not stand in the way of a liquidation. */
  readonly liquidatableFrom: bigint;
}

/** When the chain last wrote its heartbeat, and from when on liquidations may rely on it. */
export async function getBeat(client: ReadClient, parameters: GetBeatParameters): Promise<Beat> {
  const { priceFeedReceiver } = parameters;
  const shared = { address: priceFeedReceiver, abi: priceFeedReceiverAbi, args: [], options: parameters } as const;
  const [[beatAt, beatBlock, blockTime], liquidatableFrom] = await Promise.all([
    read(client, { ...shared, functionName: "beat" }),
    read(client, { ...shared, functionName: "chainLiquidatableFrom" }),
  ]);
  return { beatAt, beatBlock, blockTime, liquidatableFrom };
}
