import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { senderOf } from "../../internal/senderOf.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface BorrowDebtSharesParameters extends WriteOptions {
  readonly pool: Address;
  readonly debtShares: bigint;
  /** Who owes it; the sender unless said, who otherwise needs an `approveBorrow`. */
  readonly onBehalf?: Address | undefined;
  /** Who gets the assets; the sender unless said. */
  readonly receiver?: Address | undefined;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** As `borrowAsset`, by debt shares. @returns the assets, as simulated. */
export async function borrowDebtShares(
  client: WriteClient,
  parameters: BorrowDebtSharesParameters,
): Promise<Sent<bigint>> {
  const { pool, debtShares, onBehalf, receiver, asset } = parameters;
  const sender = senderOf(client, parameters);
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "borrowShares",
    args: [debtShares, onBehalf ?? sender, receiver ?? sender],
    options: parameters,
    context: { asset },
  });
}
