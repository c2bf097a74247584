import type { Address, Hex } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface ApproveBorrowWithSignatureParameters extends WriteOptions {
  readonly pool: Address;
  /** In whose name, and who signed. */
  readonly owner: Address;
  readonly delegate: Address;
  /** Units; 2^256 − 1 is no limit. */
  readonly amount: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
  /** The owner's, over `approveBorrowTypedData`. */
  readonly signature: Hex;
}

/** As `approveBorrow`, by the owner's signature; anybody may send it. */
export async function approveBorrowWithSignature(
  client: WriteClient,
  parameters: ApproveBorrowWithSignatureParameters,
): Promise<Sent<void>> {
  const { pool, owner, delegate, amount, deadline, signature } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "approveBorrowWithSignature",
    args: [owner, delegate, amount, deadline, signature],
    options: parameters,
  });
}
