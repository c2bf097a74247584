import type { Address } from "viem";

import { lendControllerAbi } from "../../abi/lendControllerAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { PriceQuality } from "../../oracle/types.ts";
import type { AccountHealth } from "../types.ts";

export interface GetAccountHealthParameters extends ReadOptions {
  readonly controller: Address;
  readonly account: Address;
}

/** An account over all pools, at the prices that count against it. */
export async function getAccountHealth(
  client: ReadClient,
  parameters: GetAccountHealthParameters,
): Promise<AccountHealth> {
  const { controller, account } = parameters;
  const health = await read(client, {
    address: controller,
    abi: lendControllerAbi,
    functionName: "healthOf",
    args: [account],
    options: parameters,
  });
  return { ...health, quality: health.quality as PriceQuality };
}
