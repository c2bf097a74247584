import type { Address } from "viem";

import { lendLensAbi } from "../../abi/lendLensAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import { toLendAccountView } from "../toLendAccountView.ts";
import type { LendAccountView } from "../types.ts";

export interface GetLendAccountsParameters extends ReadOptions {
  readonly lens: Address;
  /** A hundred with three assets each take some 10 million gas of the call. */
  readonly accounts: readonly Address[];
}

/**
 * How many accounts stand over all pools, in one call and in the order asked for.
 * @throws CallError `NotEnoughGas` when there are too many for the gas that the node allows a call.
 */
export async function getLendAccounts(
  client: ReadClient,
  parameters: GetLendAccountsParameters,
): Promise<readonly LendAccountView[]> {
  const views = await read(client, {
    address: parameters.lens,
    abi: lendLensAbi,
    functionName: "accounts",
    args: [parameters.accounts],
    options: parameters,
  });
  return views.map(toLendAccountView);
}
