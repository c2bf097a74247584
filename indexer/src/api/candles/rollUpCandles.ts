import type { StartedCandle } from "../../lib/candleOfFill.ts";
import { mergeCandles } from "../../lib/mergeCandles.ts";

/** Candles of `seconds` from shorter ones, oldest first. Lengths divide: a shorter one lies in one of these. */
export function rollUpCandles(candles: readonly StartedCandle[], seconds: number): StartedCandle[] {
  const length = BigInt(seconds);
  const longer = new Map<bigint, StartedCandle>();
  for (const candle of candles) {
    const start = candle.start - (candle.start % length);
    const earlier = longer.get(start);
    longer.set(start, { ...(earlier === undefined ? candle : mergeCandles(earlier, candle)), start });
  }
  return [...longer.values()];
}
