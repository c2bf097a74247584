import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface AccruePoolParameters extends WriteOptions {
  readonly pool: Address;
}

/** Writes a pool's interest up to now. */
export async function accruePool(client: WriteClient, parameters: AccruePoolParameters): Promise<Sent<void>> {
  return write(client, {
    address: parameters.pool,
    abi: uTokenAbi,
    functionName: "accrue",
    args: [],
    options: parameters,
  });
}
