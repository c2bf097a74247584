import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { PoolTotals } from "../types.ts";

export interface GetPoolTotalsParameters extends ReadOptions {
  readonly pool: Address;
}

/** A pool's totals, with interest up to the block of the read. */
export async function getPoolTotals(client: ReadClient, parameters: GetPoolTotalsParameters): Promise<PoolTotals> {
  return read(client, {
    address: parameters.pool,
    abi: uTokenAbi,
    functionName: "totals",
    args: [],
    options: parameters,
  });
}
