import assert from "node:assert/strict";
import { test } from "node:test";

import { encodePrice } from "@cxmpute/sdk";

import { orientedPrice, toDecimal, wholeTokens } from "../src/api/book/displayPrice.ts";

test("ratios are written in 20 significant digits, rounded half up, without an exponent", () => {
  const cases: readonly (readonly [bigint, bigint, string | null])[] = [
    [3_000n, 1n, "3000"],
    [1n, 3n, "0.33333333333333333333"],
    [2n, 3n, "0.66666666666666666667"],
    [10n ** 40n, 3n, `33333333333333333333${"0".repeat(20)}`],
    [1n, 10n ** 30n, `0.${"0".repeat(29)}1`],
    [999_999_999_999_999_999_999n, 1_000n, "1000000000000000000"],
    [0n, 5n, "0"],
    [5n, 0n, null],
  ];
  for (const [numerator, denominator, text] of cases) assert.equal(toDecimal({ numerator, denominator }), text);
});

test("a price reads the same from both sides of the book", () => {
  const ether = 10n ** 18n;
  const ask = orientedPrice(encodePrice(3_000n * 10n ** 6n, ether), true);
  const bid = orientedPrice(encodePrice(ether, 3_000n * 10n ** 6n), false);
  assert.equal(toDecimal(wholeTokens(ask, 18, 6)), "3000");
  assert.equal(toDecimal(wholeTokens(bid, 18, 6)), "3000");
});
