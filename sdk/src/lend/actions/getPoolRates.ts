import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { PoolRates } from "../types.ts";

export interface GetPoolRatesParameters extends ReadOptions {
  readonly pool: Address;
}

/** What borrowing costs and supplying earns now. */
export async function getPoolRates(client: ReadClient, parameters: GetPoolRatesParameters): Promise<PoolRates> {
  const shared = { address: parameters.pool, abi: uTokenAbi, args: [], options: parameters } as const;
  const [borrowRate, supplyRate] = await Promise.all([
    read(client, { ...shared, functionName: "borrowRate" }),
    read(client, { ...shared, functionName: "supplyRate" }),
  ]);
  return { borrowRate, supplyRate };
}
