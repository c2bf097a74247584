import type { Address, Hex } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface MulticallPoolParameters extends WriteOptions {
  readonly pool: Address;
  /** Calls of functions of the pool, encoded: `encodeFunctionData` with `uTokenAbi`. */
  readonly calls: readonly Hex[];
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** Several calls to one pool, all or none. @returns what each returned, encoded, as simulated. */
export async function multicallPool(
  client: WriteClient,
  parameters: MulticallPoolParameters,
): Promise<Sent<readonly Hex[]>> {
  const { pool, calls, asset } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "multicall",
    args: [calls],
    options: parameters,
    context: { asset },
  });
}
