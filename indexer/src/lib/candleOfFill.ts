import type { CandleFigures } from "./mergeCandles.ts";

/** A fill of a pair, as the amounts of its two tokens that changed hands. */
export interface PairFill {
  /** Seconds. */
  readonly timestamp: bigint;
  readonly amount0: bigint;
  readonly amount1: bigint;
}

/** A candle and the second that it begins at. */
export interface StartedCandle extends CandleFigures {
  readonly start: bigint;
}

/** The candle of `seconds` that holds nothing but one fill. */
export function candleOfFill({ timestamp, amount0, amount1 }: PairFill, seconds: number): StartedCandle {
  return {
    start: timestamp - (timestamp % BigInt(seconds)),
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
  };
}
