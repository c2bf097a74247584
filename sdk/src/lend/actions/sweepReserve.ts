import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface SweepReserveParameters extends WriteOptions {
  readonly pool: Address;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** Sends a pool's reserve, without the insurance, to the treasury. @returns how much, as simulated. */
export async function sweepReserve(client: WriteClient, parameters: SweepReserveParameters): Promise<Sent<bigint>> {
  const { pool, asset } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "sweepReserve",
    args: [],
    options: parameters,
    context: { asset },
  });
}
