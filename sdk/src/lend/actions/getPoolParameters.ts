import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { PoolParameters } from "../types.ts";

export interface GetPoolParametersParameters extends ReadOptions {
  readonly pool: Address;
}

/** What governance has set for a pool. */
export async function getPoolParameters(
  client: ReadClient,
  parameters: GetPoolParametersParameters,
): Promise<PoolParameters> {
  const [model, reserveFactorBps, supplyCap, borrowCap, flashFee] = await read(client, {
    address: parameters.pool,
    abi: uTokenAbi,
    functionName: "parameters",
    args: [],
    options: parameters,
  });
  return { model, reserveFactorBps, supplyCap, borrowCap, flashFee };
}
