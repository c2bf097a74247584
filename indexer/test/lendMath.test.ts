import assert from "node:assert/strict";
import { test } from "node:test";

import { freshUntil, quoteFeed, type FeedRow } from "../src/api/oracle/feedQuote.ts";
import { rateCurve } from "../src/api/lend/rateCurve.ts";
import { accrued, bonusDown, borrowRateAt, growthDown, supplyRate, utilisationUp, WAD } from "../src/lib/lend/math.ts";

const YEAR = 365n * 86_400n;
const curve = { baseBps: 100, slope1Bps: 400, slope2Bps: 7_500, kinkBps: 8_000, reserveFactorBps: 1_000 };
const market = {
  ...curve,
  cash: 400n,
  reserve: 0n,
  supplyShares: 10n ** 9n,
  debtShares: 600n,
  debtIndex: WAD,
  updatedAt: 1_000n,
};

test("IDX-50: the curve bends at the kink and nowhere else; without one there is no rate", () => {
  const kink = (8n * WAD) / 10n;
  assert.equal(borrowRateAt(curve, 0n), WAD / 100n);
  assert.equal(borrowRateAt(curve, kink), (5n * WAD) / 100n);
  assert.equal(borrowRateAt(curve, kink + 1n), (5n * WAD) / 100n + 3n);
  assert.equal(borrowRateAt(curve, WAD), (80n * WAD) / 100n);
  assert.equal(borrowRateAt({ baseBps: 0, slope1Bps: 0, slope2Bps: 0, kinkBps: 0 }, WAD), 0n);
  assert.equal(utilisationUp(2n, 1n), WAD / 3n + 1n);
  assert.equal(utilisationUp(0n, 0n), 0n);
});

test("IDX-51: a curve has its steps and its kink once each", () => {
  const places = (steps: number) => rateCurve(curve, steps).map(({ utilisation }) => Number(utilisation / 10n ** 16n));
  assert.deepEqual(places(2), [0, 80, 100]);
  assert.deepEqual(places(6), [0, 20, 40, 60, 80, 100]);
});

test("IDX-52: interest is of the time that has passed, and none without debt or time", () => {
  assert.equal(growthDown(WAD, YEAR), WAD + WAD / 2n + WAD / 6n);
  assert.equal(growthDown(1n, 1n), 0n);
  assert.equal(accrued(market, 1_000n), market);
  assert.equal(accrued(market, 999n), market);
  const later = accrued(market, 1_000n + YEAR);
  assert.equal(later.debtIndex, WAD + growthDown((4n * WAD) / 100n, YEAR));
  // 24 units of interest, of which a tenth, rounded down.
  assert.deepEqual([later.reserve, later.updatedAt], [2n, 1_000n + YEAR]);
  const idle = accrued({ ...market, debtShares: 0n }, 5_000n);
  assert.deepEqual([idle.debtIndex, idle.reserve, idle.updatedAt], [WAD, 0n, 5_000n]);
  assert.equal(supplyRate({ ...market, cash: 0n, debtShares: 0n }), 0n);
});

test("IDX-53: index and reserve stop at the limits of their words", () => {
  const old = { ...market, debtIndex: 2n ** 96n - 2n, debtShares: 2n ** 95n, cash: 0n };
  assert.equal(accrued(old, 1_000n + YEAR).debtIndex, 2n ** 96n - 1n);
  const rich = { ...market, reserve: 2n ** 80n - 2n, debtShares: 10n ** 30n, cash: 0n };
  assert.equal(accrued(rich, 1_000n + YEAR).reserve, 2n ** 80n - 1n);
});

test("IDX-54: the bonus shrinks with the threshold and is 10 % at most", () => {
  assert.equal(bonusDown(9_500), (WAD * WAD) / ((985n * WAD) / 1_000n) - WAD);
  assert.equal(bonusDown(6_000), WAD / 10n);
  assert.equal(bonusDown(0), WAD / 10n);
});

test("IDX-55: a feed is fresh to the second of both its limits, in 1e18 low down and high up", () => {
  const feed: FeedRow = {
    feedId: 1n,
    decimals: 8,
    heartbeat: 3_600,
    answer: 7n,
    updatedAt: 9_000n,
    observedAt: 10_000n,
    acceptedAt: 10_000n,
    pendingAnswer: null,
    pendingUpdatedAt: null,
    pendingObservedAt: null,
    observedFrom: null,
    deliveredFrom: null,
    graceUntil: null,
    acceptedCount: 1,
    pendingCount: 0,
    ignoredCount: 0,
  };
  assert.equal(freshUntil(feed), 11_800n);
  assert.equal(freshUntil({ ...feed, updatedAt: 7_000n }), 7_000n + 3_960n);
  assert.equal(freshUntil({ ...feed, answer: 0n }), 0n);
  assert.deepEqual(quoteFeed(feed, 11_800n), { low: 7n * 10n ** 10n, high: 7n * 10n ** 10n, isPending: false });
  assert.equal(quoteFeed(feed, 11_801n), undefined);
  const fine = { ...feed, decimals: 20, answer: 1_234n };
  assert.deepEqual(quoteFeed(fine, 11_000n), { low: 12n, high: 13n, isPending: false });
  assert.equal(quoteFeed({ ...fine, answer: 99n }, 11_000n), undefined);
  const jump = quoteFeed({ ...feed, pendingAnswer: 3n }, 11_000n);
  assert.deepEqual(jump, { low: 3n * 10n ** 10n, high: 7n * 10n ** 10n, isPending: true });
});
