import { type Address, type Hex, parseSignature } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { senderOf } from "../../internal/senderOf.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface SupplyAssetWithPermitParameters extends WriteOptions {
  readonly pool: Address;
  /** Units. */
  readonly assets: bigint;
  /** Whose the shares become; the sender's unless said. */
  readonly receiver?: Address | undefined;
  /** Last second at which the permit holds. */
  readonly deadline: bigint;
  /** The sender's, over `erc2612TypedData` of the asset with the pool as spender and `assets` as value. */
  readonly signature: Hex;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** `supplyAsset` without an approval before it. @returns the shares, as simulated. */
export async function supplyAssetWithPermit(
  client: WriteClient,
  parameters: SupplyAssetWithPermitParameters,
): Promise<Sent<bigint>> {
  const { pool, assets, receiver, deadline, signature, asset } = parameters;
  const { r, s, yParity } = parseSignature(signature);
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "depositWithPermit",
    args: [assets, receiver ?? senderOf(client, parameters), deadline, 27 + yParity, r, s],
    options: parameters,
    context: { asset },
  });
}
