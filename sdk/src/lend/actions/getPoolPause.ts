import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetPoolPauseParameters extends ReadOptions {
  readonly pool: Address;
}

/** First second at which a pool takes new risk again: in the past when it is not paused, 2^40 − 1 when it is retired. */
export async function getPoolPause(client: ReadClient, parameters: GetPoolPauseParameters): Promise<bigint> {
  const until = await read(client, {
    address: parameters.pool,
    abi: uTokenAbi,
    functionName: "pausedUntil",
    args: [],
    options: parameters,
  });
  return BigInt(until);
}
