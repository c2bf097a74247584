import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { priceOf } from "../gas/price.ts";

/** What `amount` costs, rounded up: mantissa * 2^(exponent - 191). */
function cost(price: bigint, amount: bigint): bigint {
  const mantissa = price & (2n ** 72n - 1n);
  const shift = 191n - (price >> 72n);
  assert.ok(shift > 0n, "tests use prices below 2^72");
  return (mantissa * amount + (1n << shift) - 1n) >> shift;
}

describe("priceOf", () => {
  it("says a power of two exactly", () => {
    assert.equal(priceOf(1n, 1n), (120n << 72n) | (1n << 71n));
    assert.equal(priceOf(8n, 2n), (122n << 72n) | (1n << 71n));
  });

  for (const [buy, sell] of [
    [3_123_456_789n, 10n ** 18n],
    [10n ** 18n, 3_000_000_000n],
    [1n, 3n],
    [2n ** 72n - 1n, 2n ** 72n + 1n],
    [7n, 7n],
  ] as const) {
    it(`is normalised and the least that brings ${buy} for ${sell}`, () => {
      const price = priceOf(buy, sell);
      assert.equal((price >> 71n) & 1n, 1n, "the mantissa's top bit");
      assert.ok(cost(price, sell) >= buy);
      const mantissa = price & (2n ** 72n - 1n);
      // One unit of mantissa less would no longer bring it: mantissa - 1 < buy / sell * 2^shift <= mantissa.
      const shift = 191n - (price >> 72n);
      assert.ok((mantissa - 1n) * sell < buy << shift && buy << shift <= mantissa * sell);
    });
  }
});
