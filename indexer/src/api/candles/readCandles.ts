import { and, desc, eq, gte, lt } from "ponder";
import { db } from "ponder:api";
import { candle } from "ponder:schema";

import { CANDLE_LENGTHS } from "../../lib/candleLengths.ts";
import type { StartedCandle } from "../../lib/candleOfFill.ts";
import { rollUpCandles } from "./rollUpCandles.ts";

export interface CandleQuery {
  readonly pairId: string;
  readonly interval: keyof typeof CANDLE_LENGTHS;
  /** Seconds; the candles begin at or after. */
  readonly from: bigint | undefined;
  /** Seconds; the candles begin before. */
  readonly to: bigint | undefined;
  readonly limit: number;
}

/**
 * The newest `limit` candles of a pair, oldest first. Lengths that no table holds are put together from shorter ones,
 * of which at most six times the limit are read.
 */
export async function readCandles({ pairId, interval, from, to, limit }: CandleQuery): Promise<StartedCandle[]> {
  const { seconds, stored } = CANDLE_LENGTHS[interval];
  // A longer candle begins within the bounds when those in it lie within the bounds moved up to a beginning.
  const bound = (second: bigint): bigint => ((second + BigInt(seconds) - 1n) / BigInt(seconds)) * BigInt(seconds);
  const rows = await db
    .select()
    .from(candle)
    .where(
      and(
        eq(candle.pairId, pairId),
        eq(candle.interval, stored),
        from === undefined ? undefined : gte(candle.start, bound(from)),
        to === undefined ? undefined : lt(candle.start, bound(to)),
      ),
    )
    .orderBy(desc(candle.start))
    .limit((limit * seconds) / stored);
  // Where older rows were cut off, the oldest candle may lack some; then there is one more than asked for.
  return rollUpCandles(rows.reverse(), seconds).slice(-limit);
}
