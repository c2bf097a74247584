import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { senderOf } from "../../internal/senderOf.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface BorrowAssetParameters extends WriteOptions {
  readonly pool: Address;
  /** Units. */
  readonly assets: bigint;
  /** Who owes it; the sender unless said, who otherwise needs an `approveBorrow`. */
  readonly onBehalf?: Address | undefined;
  /** Who gets them; the sender unless said. */
  readonly receiver?: Address | undefined;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** Borrows from a pool, against collateral in any. @returns the debt shares, as simulated. */
export async function borrowAsset(client: WriteClient, parameters: BorrowAssetParameters): Promise<Sent<bigint>> {
  const { pool, assets, onBehalf, receiver, asset } = parameters;
  const sender = senderOf(client, parameters);
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "borrow",
    args: [assets, onBehalf ?? sender, receiver ?? sender],
    options: parameters,
    context: { asset },
  });
}
