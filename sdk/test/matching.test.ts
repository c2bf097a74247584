import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type BookOrder,
  crossingPairs,
  encodePrice,
  encodeTerms,
  matchOutcome,
  type MatchOutcomeParameters,
  OrderFlags,
} from "../src/index.ts";
import { MAKER, order, TOKEN_X, TOKEN_Y } from "./support/books.ts";
import { Random } from "./support/random.ts";

const ask = (remaining: bigint, y: bigint, x: bigint, rest: Partial<BookOrder> = {}) =>
  order({ remaining, price: encodePrice(y, x), ...rest });
const bid = (remaining: bigint, y: bigint, x: bigint, rest: Partial<BookOrder> = {}) =>
  order({ sellToken: TOKEN_Y, buyToken: TOKEN_X, remaining, price: encodePrice(x, y), ...rest });
const match = (orderA: BookOrder, orderB: BookOrder, rest: Partial<MatchOutcomeParameters> = {}) =>
  matchOutcome({ orderA, orderB, timestamp: 1_000n, takerFee: 0n, ...rest });

test("matchOutcome leaves the surplus of two crossing orders", () => {
  // A sells 100 X for 2 Y each, B buys for 4 Y each with 400 Y.
  assert.deepEqual(match(ask(100n, 2n, 1n), bid(400n, 4n, 1n)), {
    takeA: 100n,
    takeB: 400n,
    surplusA: 0n,
    surplusB: 200n,
  });
});

test("matchOutcome fills the smaller side whole", () => {
  assert.deepEqual(match(ask(100n, 2n, 1n), bid(30n, 2n, 1n)), { takeA: 15n, takeB: 30n, surplusA: 0n, surplusB: 0n });
});

test("matchOutcome takes the fee of each side from the surplus", () => {
  const [a, b] = [ask(1_000_000n, 1n, 1n), bid(1_000_000n, 1n, 1n)];
  assert.equal(match(a, b, { takerFee: 600n }), undefined, "nothing is left to pay fees with");
  // A brings 999,400 X after the fee, which pay for 1,998,800 Y of B; of those 1,199 are fee and 1,000,000 are A's.
  assert.deepEqual(match(a, bid(2_000_000n, 2n, 1n), { takerFee: 600n }), {
    takeA: 1_000_000n,
    takeB: 1_998_800n,
    surplusA: 0n,
    surplusB: 997_601n,
  });
});

test("matchOutcome refuses what the contract refuses", () => {
  const [a, b] = [ask(100n, 2n, 1n), bid(300n, 3n, 1n)];
  assert.equal(match(a, bid(300n, 1n, 1n)), undefined, "prices that do not cross");
  assert.equal(match(a, ask(100n, 2n, 1n)), undefined, "orders of one side");
  assert.equal(match({ ...a, cancelled: true }, b), undefined);
  assert.equal(match(a, { ...b, remaining: 0n }), undefined);
  assert.equal(match({ ...a, terms: encodeTerms({ allOrNone: true }) }, { ...b, remaining: 30n }), undefined);
  const large = { ...a, terms: encodeTerms({ minFill: 16n }) };
  assert.equal(match(large, bid(31n, 2n, 1n)), undefined, "15 are too few");
  assert.equal(match(large, bid(32n, 2n, 1n))?.takeA, 16n);
});

test("matchOutcome needs the matcher to be the taker of a private order", () => {
  const reserved = ask(100n, 2n, 1n, { terms: OrderFlags.PRIVATE, privateTaker: MAKER });
  assert.equal(match(reserved, bid(300n, 3n, 1n)), undefined);
  assert.notEqual(match(reserved, bid(300n, 3n, 1n), { orderMatcher: MAKER }), undefined);
});

test("matchOutcome never promises more than both sides bring", () => {
  const random = new Random(21);
  let matched = 0;
  for (let i = 0; i < 2_000; ++i) {
    const takerFee = random.pick([0n, 600n, 3_000n]);
    const x = random.anySize(60);
    const y = random.anySize(60);
    const a = ask(random.anySize(90), y, x);
    const b = bid(random.anySize(90), y * random.between(95n, 120n), x * 100n);
    const outcome = match(a, b, { takerFee });
    if (outcome === undefined) continue;
    matched += 1;
    assert.ok(outcome.takeA > 0n && outcome.takeA <= a.remaining && outcome.takeB > 0n && outcome.takeB <= b.remaining);
    assert.ok(outcome.surplusA >= 0n && outcome.surplusB >= 0n);
  }
  assert.ok(matched > 500, `${matched} matched`);
});

const pairs = (orders: readonly BookOrder[], rest: Partial<Parameters<typeof crossingPairs>[0]> = {}) =>
  crossingPairs({ orders, tokenA: TOKEN_X, tokenB: TOKEN_Y, timestamp: 1_000n, takerFee: 0n, ...rest });

test("crossingPairs walks both sides from the best price until they no longer cross", () => {
  const [a1, a2, a3] = [ask(10n, 1n, 1n), ask(20n, 2n, 1n), ask(10n, 9n, 1n)];
  const [b1, b2] = [bid(60n, 4n, 1n), bid(30n, 2n, 1n)];
  const found = pairs([a3, b2, a2, a1, b1]);
  assert.deepEqual(
    found.map(({ idA, idB, takeA }) => [idA, idB, takeA]),
    [
      [a1.id, b1.id, 10n],
      [a2.id, b1.id, 10n],
      [a2.id, b2.id, 10n],
    ],
  );
});

test("crossingPairs finds nothing in a book at rest, and nothing of other pairs", () => {
  assert.deepEqual(pairs([ask(10n, 3n, 1n), bid(10n, 2n, 1n)]), []);
  const other = { sellToken: MAKER };
  assert.deepEqual(pairs([ask(10n, 1n, 1n, other), bid(10n, 2n, 1n)]), []);
});

test("crossingPairs heeds what is worthwhile and how many are asked for", () => {
  const orders = [ask(10n, 1n, 1n), ask(10n, 1n, 1n), bid(30n, 2n, 1n), bid(30n, 2n, 1n)];
  assert.equal(pairs(orders).length, 2);
  assert.equal(pairs(orders, { maxMatches: 1 }).length, 1);
  assert.deepEqual(pairs(orders, { isWorthwhile: ({ surplusB }) => surplusB > 1_000n }), []);
});

test("crossingPairs goes on behind an order that cannot be matched", () => {
  const stuck = ask(100n, 1n, 1n, { terms: encodeTerms({ allOrNone: true }) });
  const [good, b] = [ask(10n, 2n, 1n), bid(30n, 3n, 1n)];
  assert.deepEqual(
    pairs([stuck, good, b]).map(({ idA }) => idA),
    [good.id],
  );
});
