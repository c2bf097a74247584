import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { UNLIMITED } from "../constants.ts";

export interface RepayDebtParameters extends WriteOptions {
  readonly pool: Address;
  /** Most units to pay; all that is owed unless said. */
  readonly assets?: bigint | undefined;
  /** Whose debt. */
  readonly onBehalf: Address;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/**
 * Repays up to `assets` of a debt; anybody may. The pool must be approved for its asset.
 * @returns what is taken, as simulated.
 */
export async function repayDebt(client: WriteClient, parameters: RepayDebtParameters): Promise<Sent<bigint>> {
  const { pool, assets = UNLIMITED, onBehalf, asset } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "repay",
    args: [assets, onBehalf],
    options: parameters,
    context: { asset },
  });
}
