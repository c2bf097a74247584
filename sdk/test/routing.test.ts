import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type BookOrder,
  costUp,
  encodePrice,
  encodeTerms,
  evaluateFill,
  FillStatus,
  OrderFlags,
  routeSweep,
  type RouteSweepParameters,
  simulateLeg,
} from "../src/index.ts";
import { MAKER, order, randomOrder, TOKEN_X, TOKEN_Y } from "./support/books.ts";
import { Random } from "./support/random.ts";

const at = (numerator: bigint, denominator = 1n) => encodePrice(numerator, denominator);
const route = (orders: readonly BookOrder[], rest: Partial<RouteSweepParameters>) =>
  routeSweep({ orders, sellToken: TOKEN_X, buyToken: TOKEN_Y, timestamp: 1_000n, ...rest });

test("routeSweep takes the cheapest first and cuts the last to the amount", () => {
  const [dear, cheap, middle] = [order({ price: at(3n) }), order({ price: at(1n) }), order({ price: at(2n) })];
  const { leg, expected, averagePrice, complete } = route([dear, cheap, middle], { takeAmount: 150n });
  assert.deepEqual(leg, {
    sellToken: TOKEN_X,
    buyToken: TOKEN_Y,
    takeAmount: 150n,
    maxPay: 200n,
    minReceive: 0n,
    maxPrice: 0n,
    ids: [cheap.id, middle.id],
    limits: [cheap.price, middle.price],
  });
  assert.deepEqual([expected.taken, expected.paid, expected.filled], [150n, 200n, 2n]);
  assert.equal(averagePrice, encodePrice(200n, 150n));
  assert.equal(complete, true);
});

test("routeSweep spends a budget and stays within it", () => {
  const [cheap, dear] = [order({ price: at(1n) }), order({ price: at(3n) })];
  const { leg, expected, complete } = route([dear, cheap], { budget: 107n });
  assert.deepEqual(leg.ids, [cheap.id, dear.id]);
  assert.deepEqual([leg.maxPay, expected.taken, expected.paid], [107n, 102n, 106n]);
  assert.equal(complete, true, "one unit is left, which buys nothing");
});

test("routeSweep says when the book is too small", () => {
  const only = order();
  assert.equal(route([only], { takeAmount: 101n }).complete, false);
  assert.equal(route([only], { takeAmount: 100n }).complete, true);
  assert.equal(route([only], { budget: 101n }).complete, false);
  const empty = route([], { takeAmount: 1n });
  assert.deepEqual(
    [empty.complete, empty.leg.ids, empty.averagePrice, empty.expected.filled],
    [false, [], undefined, 0n],
  );
});

test("routeSweep keeps time priority at equal prices", () => {
  const [late, early] = [order({ sequence: 9n }), order({ sequence: 3n })];
  assert.deepEqual(route([late, early], { takeAmount: 150n }).leg.ids, [early.id, late.id]);
});

test("routeSweep leaves out what the taker cannot fill", () => {
  const good = order({ price: at(9n) });
  const schedule = { releaseStart: 2_000, releaseEnd: 3_000, initial: 100n, terms: OrderFlags.RELEASED };
  const bad = [
    order({ expiry: 1_000 }),
    order({ cancelled: true }),
    order({ remaining: 0n }),
    order({ terms: OrderFlags.PRIVATE, privateTaker: MAKER }),
    order(schedule),
    order({ sellToken: TOKEN_Y, buyToken: TOKEN_X }),
    order({ price: at(10n) }),
  ];
  const parameters = { takeAmount: 1_000n, maxPrice: at(9n), taker: TOKEN_X };
  assert.deepEqual(route([...bad, good], parameters).leg.ids, [good.id]);
  assert.equal(route(bad, { ...parameters, taker: MAKER }).leg.ids.length, 1, "its own taker fills a private order");
  assert.equal(route(bad, { ...parameters, timestamp: 2_500n }).expected.taken, 50n, "the released half");
});

test("routeSweep passes over an order that does not fit and uses what comes after", () => {
  const [first, whole, last] = [
    order({ remaining: 10n, price: at(1n) }),
    order({ remaining: 50n, price: at(2n), terms: encodeTerms({ allOrNone: true }) }),
    order({ remaining: 50n, price: at(3n) }),
  ];
  const { leg, expected } = route([first, whole, last], { takeAmount: 20n });
  assert.deepEqual([leg.ids, expected.taken, expected.paid], [[first.id, last.id], 20n, 40n]);
});

test("routeSweep puts an order that fits badly in first place when that is cheaper", () => {
  const cheap = order({ remaining: 8n, price: at(1n) });
  const whole = order({ remaining: 5n, price: at(2n), terms: encodeTerms({ allOrNone: true }) });
  const dear = order({ remaining: 100n, price: at(20n) });
  const { leg, expected } = route([cheap, whole, dear], { takeAmount: 10n });
  assert.deepEqual([leg.ids, expected.taken, expected.paid], [[whole.id, cheap.id], 10n, 15n]);
});

test("routeSweep with slippage bounds payment, receipt and average price", () => {
  const { leg, expected } = route([order({ remaining: 10_000n, price: at(2n) })], {
    takeAmount: 10_000n,
    slippage: 5_000n,
    takerFee: 600n,
  });
  assert.deepEqual([expected.received, expected.fee], [9_994n, 6n]);
  assert.deepEqual([leg.maxPay, leg.minReceive], [20_100n, 9_945n], "half a per cent, rounded for neither to gain");
  assert.equal(leg.maxPrice, encodePrice(20_100n, 10_000n));
});

test("routeSweep lists spares within the limit on orders, and they change nothing that is expected", () => {
  const orders = [1n, 2n, 3n, 4n].map((n) => order({ price: at(n) }));
  const plain = route(orders, { takeAmount: 100n });
  const spared = route(orders, { takeAmount: 100n, spareOrders: 2 });
  assert.deepEqual(
    spared.leg.ids,
    orders.slice(0, 3).map(({ id }) => id),
  );
  assert.deepEqual(spared.expected, plain.expected);
  assert.equal(route(orders, { takeAmount: 100n, spareOrders: 9, maxOrders: 2 }).leg.ids.length, 2);
  assert.equal(route(orders, { takeAmount: 400n, maxOrders: 2 }).expected.taken, 200n);
});

test("routeSweep's spares take the place of an order that vanished, at no more than was expected", () => {
  const [first, second] = [order({ price: at(1n) }), order({ price: at(2n) })];
  const { leg } = route([first, second], { takeAmount: 100n, spareOrders: 1 });
  const outcome = simulateLeg({ leg, orders: [second], timestamp: 1_000n });
  assert.deepEqual([outcome.taken, outcome.paid], [50n, 100n]);
  assert.deepEqual(outcome.skipped, [{ id: first.id, status: FillStatus.Nonexistent }]);
});

test("routeSweep refuses to guess", () => {
  assert.throws(() => route([], {}), TypeError);
  assert.throws(() => route([], { takeAmount: -1n }), RangeError);
  assert.throws(() => route([], { budget: -1n }), RangeError);
});

test("routeSweep survives prices at both ends of the range", () => {
  const highest = order({ price: (1n << 80n) - 1n });
  const lowest = order({ price: 1n << 71n });
  for (const slippage of [undefined, 10_000n]) {
    const { expected, leg } = route([highest, lowest], { takeAmount: 200n, slippage });
    assert.deepEqual(leg.ids, [lowest.id, highest.id]);
    assert.equal(expected.paid, 1n + costUp(highest.price, 100n));
  }
});

test("an order that comes twice in a leg is filled as far as it goes", () => {
  const twice = order({ remaining: 10n });
  const { leg } = route([twice], { takeAmount: 10n });
  const both = { ...leg, takeAmount: 15n, maxPay: 100n, ids: [twice.id, twice.id], limits: [] };
  const outcome = simulateLeg({ leg: both, orders: [twice], timestamp: 0n });
  assert.deepEqual([outcome.taken, outcome.skipped], [10n, [{ id: twice.id, status: FillStatus.Nonexistent }]]);
});

/** The cheapest way to take exactly as much as anybody can, over all orders of filling. */
function bruteForce(orders: readonly BookOrder[], want: bigint, budget: bigint): { taken: bigint; paid: bigint } {
  let best = { taken: 0n, paid: 0n };
  const visit = (left: readonly BookOrder[], taken: bigint, paid: bigint) => {
    if (taken > best.taken || (taken === best.taken && paid < best.paid)) best = { taken, paid };
    for (const next of left) {
      const fill = evaluateFill({ order: next, timestamp: 0n, want: want - taken, budget: budget - paid });
      if (fill.status !== FillStatus.Fillable) continue;
      visit(
        left.filter((other) => other !== next),
        taken + fill.sold,
        paid + fill.paid,
      );
    }
  };
  visit(orders, 0n, 0n);
  return best;
}

test("routeSweep equals the best of all lists, but for rounding, where no order has a minimum fill", () => {
  const random = new Random(11);
  for (let i = 0; i < 300; ++i) {
    const orders = Array.from({ length: random.int(1, 5) }, () => randomOrder(random, false));
    const takeAmount = random.between(1n, 90n);
    const best = bruteForce(orders, takeAmount, 1n << 60n);
    const { expected } = route(orders, { takeAmount });
    assert.equal(expected.taken, best.taken);
    assert.ok(expected.paid - best.paid <= expected.filled, `paid ${expected.paid}, best ${best.paid}`);
  }
});

test("routeSweep never breaks a bound, and with minimum fills is mostly the best of all lists", () => {
  const random = new Random(12);
  let optimal = 0;
  const rounds = 300;
  for (let i = 0; i < rounds; ++i) {
    const orders = Array.from({ length: random.int(1, 5) }, () => randomOrder(random, true));
    const takeAmount = random.between(1n, 90n);
    const budget = random.between(1n, 400n);
    const best = bruteForce(orders, takeAmount, budget);
    const { expected, leg } = route(orders, { takeAmount, budget });
    assert.ok(expected.taken <= takeAmount && expected.paid <= budget);
    assert.ok(expected.taken <= best.taken);
    assert.deepEqual(simulateLeg({ leg, orders, timestamp: 1_000n }), expected, "the leg does what is expected of it");
    if (expected.taken === best.taken) optimal += 1;
  }
  assert.ok(optimal > rounds * 0.9, `${optimal} of ${rounds} took the most`);
});
