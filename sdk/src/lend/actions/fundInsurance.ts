import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface FundInsuranceParameters extends WriteOptions {
  readonly pool: Address;
  /** Units. */
  readonly amount: bigint;
  /** The pool's asset, so that the sentences of errors can name it. */
  readonly asset?: Address | undefined;
}

/** Adds to what a pool keeps for bad debt, for good. The pool must be approved for its asset. */
export async function fundInsurance(client: WriteClient, parameters: FundInsuranceParameters): Promise<Sent<void>> {
  const { pool, amount, asset } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "fundInsurance",
    args: [amount],
    options: parameters,
    context: { asset },
  });
}
