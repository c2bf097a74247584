import type { Address } from "viem";

import { lendControllerAbi } from "../../abi/lendControllerAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { LendAsset } from "../types.ts";
import { getLendAsset } from "./getLendAsset.ts";

export interface GetLendAssetsParameters extends ReadOptions {
  readonly controller: Address;
}

/** All assets, by id. */
export async function getLendAssets(
  client: ReadClient,
  parameters: GetLendAssetsParameters,
): Promise<readonly LendAsset[]> {
  const count = await read(client, {
    address: parameters.controller,
    abi: lendControllerAbi,
    functionName: "assetCount",
    args: [],
    options: parameters,
  });
  return Promise.all(Array.from({ length: Number(count) }, (_, id) => getLendAsset(client, { ...parameters, id })));
}
