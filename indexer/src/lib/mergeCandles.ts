/** What a candle holds of a pair's two tokens. Open, high, low and close are the amounts of the fill that made them. */
export interface CandleFigures {
  readonly open0: bigint;
  readonly open1: bigint;
  readonly high0: bigint;
  readonly high1: bigint;
  readonly low0: bigint;
  readonly low1: bigint;
  readonly close0: bigint;
  readonly close1: bigint;
  readonly volume0: bigint;
  readonly volume1: bigint;
  readonly fillCount: number;
}

/**
 * Two candles of one pair in one, exactly; `later` holds no fill that was before one of `earlier`. Of fills at one price
 * the first is the high or the low.
 */
export function mergeCandles(earlier: CandleFigures, later: CandleFigures): CandleFigures {
  // The price of token0 in token1 is amount1 / amount0; ratios are compared by cross multiplication.
  const high = later.high1 * earlier.high0 > earlier.high1 * later.high0 ? later : earlier;
  const low = later.low1 * earlier.low0 < earlier.low1 * later.low0 ? later : earlier;
  return {
    open0: earlier.open0,
    open1: earlier.open1,
    high0: high.high0,
    high1: high.high1,
    low0: low.low0,
    low1: low.low1,
    close0: later.close0,
    close1: later.close1,
    volume0: earlier.volume0 + later.volume0,
    volume1: earlier.volume1 + later.volume1,
    fillCount: earlier.fillCount + later.fillCount,
  };
}
