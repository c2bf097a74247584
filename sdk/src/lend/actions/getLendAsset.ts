import type { Address } from "viem";

import { lendControllerAbi } from "../../abi/lendControllerAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import { toLendAsset } from "../toLendAsset.ts";
import type { LendAsset } from "../types.ts";

export interface GetLendAssetParameters extends ReadOptions {
  readonly controller: Address;
  readonly id: number;
}

/** An asset as the controller lists it. */
export async function getLendAsset(client: ReadClient, parameters: GetLendAssetParameters): Promise<LendAsset> {
  const { controller, id } = parameters;
  const info = await read(client, {
    address: controller,
    abi: lendControllerAbi,
    functionName: "assetInfo",
    args: [BigInt(id)],
    options: parameters,
  });
  return toLendAsset(id, info);
}
