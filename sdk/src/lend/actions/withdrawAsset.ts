import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { senderOf } from "../../internal/senderOf.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface WithdrawAssetParameters extends WriteOptions {
  readonly pool: Address;
  /** Units. */
  readonly assets: bigint;
  /** Who gets them; the sender unless said. */
  readonly receiver?: Address | undefined;
  /** Whose shares; the sender's unless said, who otherwise needs an allowance for them. */
  readonly owner?: Address | undefined;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** Takes assets out of a pool. @returns the shares that it costs, as simulated. */
export async function withdrawAsset(client: WriteClient, parameters: WithdrawAssetParameters): Promise<Sent<bigint>> {
  const { pool, assets, receiver, owner, asset } = parameters;
  const sender = senderOf(client, parameters);
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "withdraw",
    args: [assets, receiver ?? sender, owner ?? sender],
    options: parameters,
    context: { asset },
  });
}
