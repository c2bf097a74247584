import type { PairFill } from "../../src/lib/candleOfFill.ts";

/** What the candles of a length must be: each is worked out from its own fills, which come in their order. */
export function candleModel(trades: readonly PairFill[], seconds: bigint) {
  const starts = [...new Set(trades.map(({ timestamp }) => timestamp - (timestamp % seconds)))];
  return starts.map((start) => {
    const own = trades.filter(({ timestamp }) => timestamp >= start && timestamp < start + seconds);
    const [first] = own;
    const last = own.at(-1);
    if (first === undefined || last === undefined) throw new Error("A candle without fills");
    const high = own.reduce((a, b) => (b.amount1 * a.amount0 > a.amount1 * b.amount0 ? b : a));
    const low = own.reduce((a, b) => (b.amount1 * a.amount0 < a.amount1 * b.amount0 ? b : a));
    return {
      start,
      open0: first.amount0,
      open1: first.amount1,
      high0: high.amount0,
      high1: high.amount1,
      low0: low.amount0,
      low1: low.amount1,
      close0: last.amount0,
      close1: last.amount1,
      volume0: own.reduce((total, { amount0 }) => total + amount0, 0n),
      volume1: own.reduce((total, { amount1 }) => total + amount1, 0n),
      fillCount: own.length,
    };
  });
}
