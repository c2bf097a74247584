import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  amountDown,
  comparePrices,
  costUp,
  decodePrice,
  encodePrice,
  encodeRatio,
  formatPrice,
  isPrice,
  MAX_AMOUNT,
  parsePrice,
  PriceOutOfRangeError,
  pricesCross,
} from "../src/index.ts";
import { Random } from "./support/random.ts";

type Row = Record<"buy" | "sell" | "price" | "amount" | "cost" | "budget" | "bought", string>;
const vectors = JSON.parse(readFileSync(new URL("vectors/price.json", import.meta.url), "utf8")) as {
  cases: Row[];
  outOfRange: Pick<Row, "buy" | "sell">[];
};

test("the shared vectors hold", () => {
  assert.ok(vectors.cases.length >= 300);
  for (const row of vectors.cases) {
    const price = encodePrice(BigInt(row.buy), BigInt(row.sell));
    assert.equal(price, BigInt(row.price), `price of ${row.buy} for ${row.sell}`);
    assert.equal(costUp(price, BigInt(row.amount)), BigInt(row.cost));
    if (row.budget !== row.cost) assert.equal(amountDown(price, BigInt(row.budget)), BigInt(row.bought));
  }
  assert.ok(vectors.outOfRange.length >= 4);
  for (const { buy, sell } of vectors.outOfRange) {
    assert.throws(() => encodePrice(BigInt(buy), BigInt(sell)), PriceOutOfRangeError);
  }
});

test("encodePrice up is the least price that says the ratio, down the highest below it", () => {
  const random = new Random(2);
  for (let i = 0; i < 500; ++i) {
    const [buy, sell] = [random.anySize(110), random.anySize(110)];
    const up = encodePrice(buy, sell);
    const down = encodePrice(buy, sell, "down");
    assert.ok(isPrice(up) && isPrice(down));
    assert.ok(isAtLeast(up, buy, sell) && !isAbove(down, buy, sell));
    assert.ok(!isAtLeast(up - 1n, buy, sell) || !isPrice(up - 1n), "no lower price would do");
    assert.ok(up === down || nextAfter(down) === up, "they are neighbours");
  }
});

const isAtLeast = (price: bigint, buy: bigint, sell: bigint) => {
  const { numerator, denominator } = decodePrice(price);
  return numerator * sell >= buy * denominator;
};
const isAbove = (price: bigint, buy: bigint, sell: bigint) => {
  const { numerator, denominator } = decodePrice(price);
  return numerator * sell > buy * denominator;
};
const nextAfter = (price: bigint) => (isPrice(price + 1n) ? price + 1n : price + 1n + (1n << 71n));

test("encodePrice loses less than a 2^-70 part", () => {
  const random = new Random(3);
  for (let i = 0; i < 300; ++i) {
    const [buy, sell] = [random.anySize(110), random.anySize(110)];
    const { numerator, denominator } = decodePrice(encodePrice(buy, sell));
    const excess = numerator * sell - buy * denominator;
    assert.ok(excess << 70n < buy * denominator);
  }
});

test("encodePrice refuses what the contract refuses; encodeRatio takes numbers of any size", () => {
  assert.throws(() => encodePrice(0n, 1n), PriceOutOfRangeError);
  assert.throws(() => encodePrice(1n, 0n), PriceOutOfRangeError);
  assert.throws(() => encodePrice(1n << 128n, 1n << 128n), PriceOutOfRangeError);
  assert.throws(() => encodePrice(-1n, 1n), PriceOutOfRangeError);
  assert.equal(encodeRatio(1n << 128n, 1n << 128n), encodePrice(1n, 1n));
  assert.equal(encodeRatio((1n << 72n) - 1n, 1n << 191n), (1n << 72n) - 1n, "the least exponent");
  assert.throws(() => encodeRatio(1n, 1n << 121n), PriceOutOfRangeError, "one below it");
  assert.equal(encodeRatio(((1n << 72n) - 1n) << 64n, 1n), (1n << 80n) - 1n, "the highest price");
  assert.throws(() => encodeRatio(1n << 136n, 1n), PriceOutOfRangeError, "one above it");
});

test("prices compare as their values do", () => {
  const random = new Random(4);
  for (let i = 0; i < 500; ++i) {
    const [a, b] = [0, 0].map(() => encodePrice(random.anySize(60), random.anySize(60))) as [bigint, bigint];
    const [left, right] = [decodePrice(a), decodePrice(b)];
    const difference = left.numerator * right.denominator - right.numerator * left.denominator;
    assert.equal(comparePrices(a, b), difference < 0n ? -1 : difference > 0n ? 1 : 0);
  }
});

test("amountDown is the most that a budget pays for", () => {
  const random = new Random(5);
  for (let i = 0; i < 500; ++i) {
    const price = encodePrice(random.anySize(100), random.anySize(100));
    const budget = random.between(0n, costUp(price, random.anySize(96)));
    const amount = amountDown(price, budget);
    assert.ok(costUp(price, amount) <= budget);
    assert.ok(costUp(price, amount + 1n) > budget);
  }
});

test("costUp of nothing is nothing, and of one unit never nothing", () => {
  const least = 1n << 71n;
  assert.equal(costUp(least, 0n), 0n);
  assert.equal(costUp(least, 1n), 1n);
  assert.equal(costUp((1n << 80n) - 1n, MAX_AMOUNT), (MAX_AMOUNT * ((1n << 72n) - 1n)) << 64n);
});

test("parsePrice and formatPrice agree with what a person writes", () => {
  const sell = { sellDecimals: 18, buyDecimals: 6 } as const;
  const price = parsePrice("3000.5", sell);
  assert.equal(formatPrice(price, sell), "3000.5");
  assert.equal(costUp(price, 10n ** 18n), 3_000_500_001n, "rounded for the maker: one unit at most");
  assert.equal(price, encodePrice(3_000_500_000n, 10n ** 18n));

  const buy = { sellDecimals: 6, buyDecimals: 18, side: "buy" } as const;
  const bid = parsePrice("3000.5", buy);
  assert.equal(formatPrice(bid, buy), "3000.5");
  assert.equal(bid, encodePrice(10n ** 18n, 3_000_500_000n), "whole bought tokens for the price in sold tokens");
});

test("parsePrice rounds for the maker, or down for a taker's limit", () => {
  const decimals = { sellDecimals: 18, buyDecimals: 6 } as const;
  const up = parsePrice("0.1", decimals);
  const down = parsePrice("0.1", { ...decimals, rounding: "down" });
  assert.ok(isAbove(up, 10n ** 5n, 10n ** 18n) && !isAtLeast(down, 10n ** 5n, 10n ** 18n));
  assert.equal(up, nextAfter(down));
});

test("parsePrice and formatPrice hold for all decimals from 0 to 27", () => {
  const random = new Random(6);
  for (let sellDecimals = 0; sellDecimals <= 27; ++sellDecimals) {
    for (let buyDecimals = 0; buyDecimals <= 27; ++buyDecimals) {
      const side = random.pick(["sell", "buy"] as const);
      const text = String(random.int(1, 99_999_999) / 1000);
      const display = { sellDecimals, buyDecimals, side } as const;
      assert.equal(formatPrice(parsePrice(text, display), display), text);
    }
  }
});

test("formatPrice rounds half up to the digits asked for and writes no exponent", () => {
  const same = { sellDecimals: 0, buyDecimals: 0 } as const;
  const third = encodePrice(2n, 3n);
  assert.equal(formatPrice(third, { ...same, digits: 3 }), "0.667");
  assert.equal(formatPrice(encodePrice(1n, 1n), same), "1");
  assert.equal(formatPrice(encodePrice(999_999n, 1_000n), { ...same, digits: 3 }), "1000");
  assert.equal(formatPrice(encodePrice(123_456_789n, 1n), { ...same, digits: 4 }), "123500000");
  assert.equal(formatPrice(encodePrice(1n, 1n << 100n), { ...same, digits: 2 }), `0.${"0".repeat(30)}79`);
});

test("parsePrice refuses what is not a plain decimal number, and zero", () => {
  const decimals = { sellDecimals: 18, buyDecimals: 6 } as const;
  for (const text of ["", ".", "1e3", "-1", "1,5", "0x10", "1.2.3", "NaN", "1 000"]) {
    assert.throws(() => parsePrice(text, decimals), TypeError, `"${text}"`);
  }
  assert.throws(() => parsePrice("0", decimals), PriceOutOfRangeError);
  assert.throws(() => parsePrice("0", { ...decimals, side: "buy" }), PriceOutOfRangeError);
  assert.equal(parsePrice(".5", decimals), parsePrice(" 0.50 ", decimals));
  assert.equal(parsePrice("5.", decimals), parsePrice("5", decimals));
});

test("pricesCross asks whether the product of both prices is at most one", () => {
  const ask = encodePrice(2n, 1n);
  assert.equal(pricesCross(ask, encodePrice(1n, 2n)), true, "equal prices");
  assert.equal(pricesCross(ask, encodePrice(1n, 3n)), true, "the bid is higher");
  assert.equal(pricesCross(ask, encodePrice(2n, 3n)), false, "the bid is lower");
  assert.equal(pricesCross(ask, encodePrice(1n, 2n) + 1n), false, "the bid is lower by the least there is");
});
