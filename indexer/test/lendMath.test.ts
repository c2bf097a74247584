import assert from "node:assert/strict";
import { test } from "node:test";

import { BPS, WAD } from "@cxmpute/sdk";

import { rateCurve } from "../src/api/lend/rateCurve.ts";
import { feedFreshUntil, quoteFeed, type FeedRow } from "../src/api/oracle/feedQuote.ts";
import { parametersOf } from "../src/lib/lend/parametersOf.ts";

const curve = { baseBps: 100, slope1Bps: 400, slope2Bps: 7_500, kinkBps: 8_000, reserveFactorBps: 1_000 };

test("IDX-50: the reserve has its part of what borrowers pay, and nobody is paid for what lies idle", () => {
  const [none, kink, all] = rateCurve(parametersOf(curve), 2);
  assert.deepEqual(none, { utilisation: 0n, borrowRate: WAD / 100n, supplyRate: 0n });
  // 5 % a year, 90 % of it to the suppliers, who lend 80 %.
  assert.deepEqual(kink, {
    utilisation: (8_000n * WAD) / BPS,
    borrowRate: WAD / 20n,
    supplyRate: (36n * WAD) / 1_000n,
  });
  assert.deepEqual(all, { utilisation: WAD, borrowRate: (80n * WAD) / 100n, supplyRate: (72n * WAD) / 100n });
});

test("IDX-51: a curve has its steps and its kink once each", () => {
  const places = (steps: number) =>
    rateCurve(parametersOf(curve), steps).map(({ utilisation }) => Number(utilisation / 10n ** 16n));
  assert.deepEqual(places(2), [0, 80, 100]);
  assert.deepEqual(places(6), [0, 20, 40, 60, 80, 100]);
});

test("IDX-52: a feed is fresh to the second of both its limits, in 1e18 low down and high up", () => {
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
  assert.equal(feedFreshUntil(feed), 11_800n);
  assert.equal(feedFreshUntil({ ...feed, updatedAt: 7_000n }), 7_000n + 3_960n);
  assert.equal(feedFreshUntil({ ...feed, answer: 0n }), 0n);
  assert.deepEqual(quoteFeed(feed, 11_800n), { low: 7n * 10n ** 10n, high: 7n * 10n ** 10n, isPending: false });
  assert.equal(quoteFeed(feed, 11_801n), undefined);
  const fine = { ...feed, decimals: 20, answer: 1_234n };
  assert.deepEqual(quoteFeed(fine, 11_000n), { low: 12n, high: 13n, isPending: false });
  assert.equal(quoteFeed({ ...fine, answer: 99n }, 11_000n), undefined);
  const jump = quoteFeed({ ...feed, pendingAnswer: 3n }, 11_000n);
  assert.deepEqual(jump, { low: 3n * 10n ** 10n, high: 7n * 10n ** 10n, isPending: true });
});
