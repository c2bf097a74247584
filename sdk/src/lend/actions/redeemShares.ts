import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { senderOf } from "../../internal/senderOf.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface RedeemSharesParameters extends WriteOptions {
  readonly pool: Address;
  /** Units of the uToken. */
  readonly shares: bigint;
  /** Who gets the assets; the sender unless said. */
  readonly receiver?: Address | undefined;
  /** Whose shares; the sender's unless said, who otherwise needs an allowance for them. */
  readonly owner?: Address | undefined;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** As `withdrawAsset`, by shares: with all that an account has, nothing is left. @returns the assets, as simulated. */
export async function redeemShares(client: WriteClient, parameters: RedeemSharesParameters): Promise<Sent<bigint>> {
  const { pool, shares, receiver, owner, asset } = parameters;
  const sender = senderOf(client, parameters);
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "redeem",
    args: [shares, receiver ?? sender, owner ?? sender],
    options: parameters,
    context: { asset },
  });
}
