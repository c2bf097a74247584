import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { senderOf } from "../../internal/senderOf.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface SupplyAssetParameters extends WriteOptions {
  readonly pool: Address;
  /** Units. */
  readonly assets: bigint;
  /** Whose the shares become; the sender unless said. */
  readonly receiver?: Address | undefined;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** Supplies a pool. The pool must be approved for its asset. @returns the shares, as simulated. */
export async function supplyAsset(client: WriteClient, parameters: SupplyAssetParameters): Promise<Sent<bigint>> {
  const { pool, assets, receiver, asset } = parameters;
  const sender = senderOf(client, parameters);
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "deposit",
    args: [assets, receiver ?? sender],
    options: parameters,
    context: { asset },
  });
}
