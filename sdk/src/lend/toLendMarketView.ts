import type { ContractFunctionReturnType } from "viem";

import type { lendLensAbi } from "../abi/lendLensAbi.ts";
import type { PriceQuality } from "../oracle/types.ts";
import { toLendAsset } from "./toLendAsset.ts";
import type { LendMarketView } from "./types.ts";

/** The struct `MarketView` as viem decodes it. */
export type MarketViewStruct = ContractFunctionReturnType<typeof lendLensAbi, "view", "markets">[number];

/** The market behind a `MarketView`. */
export function toLendMarketView(struct: MarketViewStruct): LendMarketView {
  const { model, reserveFactorBps, supplyCap, borrowCap, flashFee } = struct;
  return {
    ...toLendAsset(Number(struct.id), struct.info),
    asset: struct.asset,
    quote: { ...struct.price, quality: struct.price.quality as PriceQuality },
    lastPrice: struct.lastPrice,
    priceAge: struct.priceAge,
    readable: struct.readable,
    totals: struct.totals,
    supplied: struct.supplied,
    rates: { borrowRate: struct.borrowRate, supplyRate: struct.supplyRate },
    parameters: { model, reserveFactorBps, supplyCap, borrowCap, flashFee },
    pausedUntil: struct.pausedUntil,
  };
}
