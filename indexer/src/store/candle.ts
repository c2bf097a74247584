import { candle } from "ponder:schema";

import type { Context } from "./context.ts";

/** Seconds. */
export const CANDLE_INTERVALS = [60, 300, 900, 3_600, 14_400, 86_400] as const;

/** Adds a fill to the candles of every length. `amount0` and `amount1` are what changed hands of the pair's tokens. */
export async function addToCandles(
  { db }: Context,
  fill: {
    readonly pairId: string;
    readonly timestamp: bigint;
    readonly amount0: bigint;
    readonly amount1: bigint;
  },
): Promise<void> {
  const { pairId, timestamp, amount0, amount1 } = fill;
  for (const interval of CANDLE_INTERVALS) {
    await db
      .insert(candle)
      .values({
        pairId,
        interval,
        start: timestamp - (timestamp % BigInt(interval)),
        open0: amount0,
        open1: amount1,
        high0: amount0,
        high1: amount1,
        low0: amount0,
        low1: amount1,
        close0: amount0,
        close1: amount1,
        volume0: amount0,
        volume1: amount1,
        fillCount: 1,
      })
      .onConflictDoUpdate((row) => ({
        // The price of token0 in token1 is amount1 / amount0; ratios are compared by cross multiplication.
        ...(amount1 * row.high0 > row.high1 * amount0 ? { high0: amount0, high1: amount1 } : {}),
        ...(amount1 * row.low0 < row.low1 * amount0 ? { low0: amount0, low1: amount1 } : {}),
        close0: amount0,
        close1: amount1,
        volume0: row.volume0 + amount0,
        volume1: row.volume1 + amount1,
        fillCount: row.fillCount + 1,
      }));
  }
}
