import assert from "node:assert/strict";
import { test } from "node:test";

import { rollUpCandles } from "../src/api/candles/rollUpCandles.ts";
import { CANDLE_LENGTHS, STORED_CANDLES } from "../src/lib/candleLengths.ts";
import { candleOfFill, type PairFill, type StartedCandle } from "../src/lib/candleOfFill.ts";
import { mergeCandles } from "../src/lib/mergeCandles.ts";
import { candleModel } from "./support/candleModel.ts";
import { createRandom } from "./support/random.ts";

const DAY = 86_400n;

/** The rows of a table, one fill after the other. */
function storedCandles(trades: readonly PairFill[], seconds: number): StartedCandle[] {
  const rows = new Map<bigint, StartedCandle>();
  for (const trade of trades) {
    const candle = candleOfFill(trade, seconds);
    const row = rows.get(candle.start);
    rows.set(candle.start, row === undefined ? candle : { ...mergeCandles(row, candle), start: candle.start });
  }
  return [...rows.values()];
}

function assertEveryLength(trades: readonly PairFill[]): void {
  for (const [name, { seconds, stored }] of Object.entries(CANDLE_LENGTHS)) {
    const rows = storedCandles(trades, stored);
    assert.deepEqual(rows, candleModel(trades, BigInt(stored)), `${stored} s`);
    assert.deepEqual(rollUpCandles(rows, seconds), candleModel(trades, BigInt(seconds)), name);
  }
}

test("IDX-60: candles of every length are those of their fills, on both sides of every boundary", () => {
  const random = createRandom(60);
  const boundaries = [0n, ...Object.values(CANDLE_LENGTHS).map(({ seconds }) => BigInt(seconds))];
  const timestamps = [20_000n * DAY, 20_001n * DAY]
    .flatMap((day) => boundaries.flatMap((second) => [day + second - 1n, day + second, day + second + 1n]))
    .sort((a, b) => (a < b ? -1 : 1));
  // Few amounts, so that several fills have one price; and one second can hold several.
  const trade = (timestamp: bigint): PairFill => ({
    timestamp,
    amount0: random.amount(1n, 4n),
    amount1: random.amount(1n, 4n),
  });
  assertEveryLength(
    timestamps.flatMap((timestamp) => Array.from({ length: 1 + random.below(3) }, () => trade(timestamp))),
  );
  for (const timestamp of timestamps) assertEveryLength([trade(timestamp)]);
});

test("IDX-60: candles of fills at random times, with gaps, are exact for amounts of 96 bits and prices next to each other", () => {
  const random = createRandom(61);
  const most = 2n ** 96n - 1n;
  let timestamp = 20_000n * DAY;
  const trades = Array.from({ length: 3_000 }, (): PairFill => {
    timestamp += random.chance(0.1) ? random.amount(0n, DAY) : random.amount(0n, 100n);
    return { timestamp, amount0: most - random.amount(0n, 2n), amount1: most - random.amount(0n, 2n) };
  });
  assertEveryLength(trades);
});

test("IDX-60: of fills at one price the first is the high and the low", () => {
  const [one, two, three] = [
    { timestamp: DAY, amount0: 2n, amount1: 4n },
    { timestamp: DAY + 70n, amount0: 1n, amount1: 2n },
    { timestamp: DAY + 140n, amount0: 3n, amount1: 6n },
  ].map((trade) => candleOfFill(trade, 60));
  assert(one !== undefined && two !== undefined && three !== undefined);
  const [candle] = rollUpCandles([one, two, three], 300);
  assert.deepEqual([candle?.high0, candle?.high1, candle?.low0, candle?.low1], [2n, 4n, 2n, 4n]);
  assert.deepEqual([candle?.close0, candle?.volume0, candle?.fillCount], [3n, 6n, 3]);
});

test("IDX-60: every length is put together from whole stored candles, of at most six each", () => {
  for (const { seconds, stored } of Object.values(CANDLE_LENGTHS)) {
    assert(STORED_CANDLES.includes(stored));
    assert.equal(seconds % stored, 0);
    assert(seconds / stored <= 6);
  }
});
