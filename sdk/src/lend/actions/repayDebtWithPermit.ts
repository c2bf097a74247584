import { type Address, type Hex, parseSignature } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface RepayDebtWithPermitParameters extends WriteOptions {
  readonly pool: Address;
  /** Most units to pay. */
  readonly assets: bigint;
  /** Whose debt. */
  readonly onBehalf: Address;
  /** Last second at which the permit holds. */
  readonly deadline: bigint;
  /** The sender's, over `erc2612TypedData` of the asset with the pool as spender and `assets` as value. */
  readonly signature: Hex;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** `repayDebt` without an approval before it. @returns what is taken, as simulated. */
export async function repayDebtWithPermit(
  client: WriteClient,
  parameters: RepayDebtWithPermitParameters,
): Promise<Sent<bigint>> {
  const { pool, assets, onBehalf, deadline, signature, asset } = parameters;
  const { r, s, yParity } = parseSignature(signature);
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "repayWithPermit",
    args: [assets, onBehalf, deadline, 27 + yParity, r, s],
    options: parameters,
    context: { asset },
  });
}
