import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface RepayDebtSharesParameters extends WriteOptions {
  readonly pool: Address;
  /** Most shares to repay. */
  readonly debtShares: bigint;
  /** Whose debt. */
  readonly onBehalf: Address;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** As `repayDebt`, by debt shares. @returns what they cost, rounded up, as simulated. */
export async function repayDebtShares(
  client: WriteClient,
  parameters: RepayDebtSharesParameters,
): Promise<Sent<bigint>> {
  const { pool, debtShares, onBehalf, asset } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "repayShares",
    args: [debtShares, onBehalf],
    options: parameters,
    context: { asset },
  });
}
