import type { Address, Hex } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface SetCollateralWithSignatureParameters extends WriteOptions {
  readonly pool: Address;
  /** Whose shares, and who signed. */
  readonly owner: Address;
  readonly on: boolean;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
  /** The owner's, over `setCollateralTypedData`. */
  readonly signature: Hex;
}

/** As `setCollateral`, by the owner's signature; anybody may send it. */
export async function setCollateralWithSignature(
  client: WriteClient,
  parameters: SetCollateralWithSignatureParameters,
): Promise<Sent<void>> {
  const { pool, owner, on, deadline, signature } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "setCollateralWithSignature",
    args: [owner, on, deadline, signature],
    options: parameters,
  });
}
