import type { Address } from "viem";

import { lendLensAbi } from "../../abi/lendLensAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import { toLendMarketView } from "../toLendMarketView.ts";
import type { LendMarketView } from "../types.ts";

export interface GetLendMarketsParameters extends ReadOptions {
  readonly lens: Address;
}

/** Every market with its pool's totals, parameters and price, in one call, by id. */
export async function getLendMarkets(
  client: ReadClient,
  parameters: GetLendMarketsParameters,
): Promise<readonly LendMarketView[]> {
  const markets = await read(client, {
    address: parameters.lens,
    abi: lendLensAbi,
    functionName: "markets",
    args: [],
    options: parameters,
  });
  return markets.map(toLendMarketView);
}
