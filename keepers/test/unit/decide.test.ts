import assert from "node:assert/strict";
import { test } from "node:test";

import type { Address } from "viem";

import { decide, floorOf } from "../../src/engine/price/decide.ts";
import { fixedPrices } from "../../src/engine/price/prices.ts";
import { worthOf } from "../../src/engine/price/worthOf.ts";

const TOKEN = "0x00000000000000000000000000000000000000aA";
const OTHER = "0x00000000000000000000000000000000000000bB";

test("a call pays when it is worth more than gas and margin, not when it is worth just that", () => {
  const economics = { gas: 100_000n, maxFee: 10n, marginPercent: 20 };
  assert.equal(decide({ ...economics, worth: 1_200_000n }).pays, false);
  assert.equal(decide({ ...economics, worth: 1_200_001n }).pays, true);
});

test("a margin of hundredths of a percent is exact, and what is needed is rounded up", () => {
  assert.equal(decide({ worth: 0n, gas: 1n, maxFee: 80_000n, marginPercent: 12.34 }).needed, 89_872n);
  assert.equal(decide({ worth: 0n, gas: 1n, maxFee: 1n, marginPercent: 20 }).needed, 2n);
});

test("the floor of every gain together is worth at least what is needed", () => {
  const { needed, floor } = decide({ worth: 9_999_991n, gas: 31n, maxFee: 4_567n, marginPercent: 7 });
  for (const split of [1n, 3_333_330n, 9_999_990n]) {
    assert.ok(floorOf(split, floor) + floorOf(9_999_991n - split, floor) >= needed);
  }
});

test("a call that does not pay keeps the whole of its gains as its floor", () => {
  const { floor } = decide({ worth: 1n, gas: 10n, maxFee: 10n, marginPercent: 0 });
  assert.equal(floorOf(77n, floor), 77n);
});

test("worth is rounded down, and one missing price makes the whole unknown", () => {
  const prices = fixedPrices(new Map([[TOKEN.toLowerCase(), { coin: 15n, decimals: 1 }]]));
  assert.deepEqual(worthOf(prices, { gains: [{ token: TOKEN, amount: 3n }], consumes: [] }), { coin: 4n });
  assert.deepEqual(
    worthOf(prices, {
      gains: [
        { token: TOKEN, amount: 3n },
        { token: OTHER, amount: 1n },
      ],
      consumes: [],
    }),
    { missing: OTHER },
  );
  assert.deepEqual(
    worthOf(prices, {
      gains: [
        { token: TOKEN, amount: 3n },
        { token: OTHER, amount: 0n },
      ],
      consumes: [],
    }),
    { coin: 4n },
  );
});

test("costs are rounded up and taken off; one without a price makes the whole unknown", () => {
  const prices = fixedPrices(new Map([[TOKEN.toLowerCase(), { coin: 15n, decimals: 1 }]]));
  const less = (token: Address, amount: bigint) =>
    worthOf(prices, { gains: [{ token: TOKEN, amount: 3n }], costs: [{ token, amount }], consumes: [] });
  // 4.5 down to 4, less 1.5 up to 2.
  assert.deepEqual(less(TOKEN, 1n), { coin: 2n });
  assert.deepEqual(less(TOKEN, 7n), { coin: 4n - 11n });
  assert.deepEqual(less(OTHER, 1n), { missing: OTHER });
  assert.deepEqual(less(OTHER, 0n), { coin: 4n });
});
