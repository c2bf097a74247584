import { candle } from "ponder:schema";

import { STORED_CANDLES } from "../lib/candleLengths.ts";
import { candleOfFill, type PairFill } from "../lib/candleOfFill.ts";
import { mergeCandles } from "../lib/mergeCandles.ts";
import type { Context } from "./context.ts";

/** Adds a fill to the pair's stored candles. */
export async function addToCandles({ db }: Context, pairId: string, fill: PairFill): Promise<void> {
  for (const interval of STORED_CANDLES) {
    const single = candleOfFill(fill, interval);
    await db
      .insert(candle)
      .values({ pairId, interval, ...single })
      .onConflictDoUpdate((row) => mergeCandles(row, single));
  }
}
