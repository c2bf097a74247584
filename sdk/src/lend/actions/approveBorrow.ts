import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface ApproveBorrowParameters extends WriteOptions {
  readonly pool: Address;
  /** Who may borrow on the sender's behalf. */
  readonly delegate: Address;
  /** Units; 2^256 − 1 is no limit. */
  readonly amount: bigint;
}

/** Lets a delegate borrow from a pool in the sender's name. */
export async function approveBorrow(client: WriteClient, parameters: ApproveBorrowParameters): Promise<Sent<void>> {
  const { pool, delegate, amount } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "approveBorrow",
    args: [delegate, amount],
    options: parameters,
  });
}
