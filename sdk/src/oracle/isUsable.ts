import { PriceQuality, type PriceQuote } from "./types.ts";

/** Whether risk may grow at a quote: by borrowing, or by withdrawing what secures a debt. */
export function isUsable({ quality, low }: PriceQuote): boolean {
  return quality === PriceQuality.Fresh && low !== 0n;
}
