import type { Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";
import { lendLensAbi } from "./lendLensAbi.ts";
import type { Market } from "./types.ts";

/** Every market with its price, in one call; by id. */
export async function readMarkets(access: ChainAccess, lens: Address): Promise<Market[]> {
  const markets = await access.read.readContract({ address: lens, abi: lendLensAbi, functionName: "markets" });
  return markets.map(({ id, asset, info, price, pausedUntil }) => ({
    id: Number(id),
    asset,
    pool: info.pool,
    unit: 10n ** info.decimals,
    bonus: info.bonus,
    thresholdBps: info.parameters.threshold,
    quality: price.quality,
    low: price.low,
    high: price.high,
    liquidatableFrom: price.liquidatableFrom,
    pausedUntil,
  }));
}
