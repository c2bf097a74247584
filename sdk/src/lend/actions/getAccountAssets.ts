import type { Address } from "viem";

import { lendControllerAbi } from "../../abi/lendControllerAbi.ts";
import { setBits } from "../../internal/bits.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetAccountAssetsParameters extends ReadOptions {
  readonly controller: Address;
  readonly account: Address;
}

/** Ids of assets, ascending. */
export interface AccountAssets {
  /** Whose shares are switched on as collateral. */
  readonly collateral: readonly number[];
  /** That the account owes. */
  readonly debt: readonly number[];
}

/** With which assets an account has to do. */
export async function getAccountAssets(
  client: ReadClient,
  parameters: GetAccountAssetsParameters,
): Promise<AccountAssets> {
  const { controller, account } = parameters;
  const [collateral, debt] = await read(client, {
    address: controller,
    abi: lendControllerAbi,
    functionName: "accountBits",
    args: [account],
    options: parameters,
  });
  return { collateral: setBits(collateral), debt: setBits(debt) };
}
