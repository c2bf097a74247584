import assert from "node:assert/strict";
import { test } from "node:test";

import { decodeTerms, encodeTerms, MAX_AMOUNT, minFillOf, OrderFlags } from "../src/index.ts";

test("encodeTerms without choices is zero", () => {
  assert.equal(encodeTerms(), 0);
  assert.equal(encodeTerms({ minFill: 1n }), 0);
});

test("encodeTerms sets the contract's bits", () => {
  assert.equal(encodeTerms({ observed: true }), 1 << 4);
  assert.equal(encodeTerms({ exactPayment: true }), 1 << 5);
  assert.equal(encodeTerms({ allOrNone: true }), 0x7f << 7);
  assert.equal(encodeTerms({ minFill: 8n }), 3 << 7);
});

test("encodeTerms takes the largest power of two that is not above the minimum fill asked for", () => {
  for (const [asked, kept] of [
    [1n, 1n],
    [2n, 2n],
    [3n, 2n],
    [1023n, 512n],
    [1024n, 1024n],
    [10n ** 18n, 1n << 59n],
    [MAX_AMOUNT, 1n << 95n],
  ] as const) {
    assert.equal(minFillOf(encodeTerms({ minFill: asked })), kept, `asked for ${asked}`);
  }
});

test("encodeTerms refuses a minimum fill that no order can have", () => {
  assert.throws(() => encodeTerms({ minFill: 0n }), RangeError);
  assert.throws(() => encodeTerms({ minFill: MAX_AMOUNT + 1n }), RangeError);
});

test("decodeTerms says what was chosen and what the contract set", () => {
  const chosen = { allOrNone: false, exactPayment: true, observed: true, minFill: 64n };
  const set = OrderFlags.TRANSFERRED | OrderFlags.RELEASED;
  assert.deepEqual(decodeTerms(encodeTerms(chosen) | set), {
    ...chosen,
    transferred: true,
    approved: false,
    private: false,
    released: true,
  });
  assert.equal(decodeTerms(encodeTerms({ allOrNone: true, minFill: 64n })).allOrNone, true);
});
