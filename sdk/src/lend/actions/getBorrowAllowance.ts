import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetBorrowAllowanceParameters extends ReadOptions {
  readonly pool: Address;
  readonly owner: Address;
  readonly delegate: Address;
}

/** Units that `delegate` may still borrow in the name of `owner`; 2^256 − 1 is no limit. */
export async function getBorrowAllowance(
  client: ReadClient,
  parameters: GetBorrowAllowanceParameters,
): Promise<bigint> {
  const { pool, owner, delegate } = parameters;
  return read(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "borrowAllowance",
    args: [owner, delegate],
    options: parameters,
  });
}
