import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { senderOf } from "../../internal/senderOf.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface MintSharesParameters extends WriteOptions {
  readonly pool: Address;
  /** Units of the uToken, which has 6 decimals more than its asset. */
  readonly shares: bigint;
  /** Whose the shares become; the sender unless said. */
  readonly receiver?: Address | undefined;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** As `supplyAsset`, by the shares that it brings. @returns what they cost, as simulated. */
export async function mintShares(client: WriteClient, parameters: MintSharesParameters): Promise<Sent<bigint>> {
  const { pool, shares, receiver, asset } = parameters;
  const sender = senderOf(client, parameters);
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "mint",
    args: [shares, receiver ?? sender],
    options: parameters,
    context: { asset },
  });
}
