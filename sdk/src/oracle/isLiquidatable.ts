import { PriceQuality, type PriceQuote } from "./types.ts";

/** Whether a liquidation at `timestamp` (seconds) may rely on a quote. */
export function isLiquidatable({ quality, low, liquidatableFrom }: PriceQuote, timestamp: bigint): boolean {
  return quality >= PriceQuality.Pending && low !== 0n && timestamp >= liquidatableFrom;
}
