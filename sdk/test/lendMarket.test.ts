import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  accrueMarket,
  borrowRateAt,
  borrowRateOf,
  debtOfSharesUp,
  flashFeeUp,
  growthDown,
  type LendMarket,
  marketAfter,
  MAX_DEBT_INDEX,
  MAX_RESERVE,
  type RateModel,
  reserveAfter,
  SECONDS_PER_YEAR,
  supplyRateOf,
  toAssetsDown,
  toAssetsUp,
  toDebtSharesDown,
  toDebtSharesUp,
  toSharesDown,
  toSharesUp,
  totalAssets,
  totalDebtDown,
  utilisationUp,
  WAD,
} from "../src/index.ts";
import { Random } from "./support/random.ts";
import { readVectors } from "./support/readVectors.ts";

const { markets } = readVectors("lend.json") as { markets: Record<string, bigint>[] };
const n = (row: Record<string, bigint>, key: string): bigint => {
  const value = row[key];
  if (value === undefined) throw new Error(`A vector has no ${key}.`);
  return value;
};
const modelOf = (row: Record<string, bigint>): RateModel => ({
  baseBps: n(row, "baseBps"),
  slope1Bps: n(row, "slope1Bps"),
  slope2Bps: n(row, "slope2Bps"),
  kinkBps: n(row, "kinkBps"),
});
const marketOf = (row: Record<string, bigint>): LendMarket => ({
  cash: n(row, "cash"),
  reserve: n(row, "reserve"),
  supplyShares: n(row, "supplyShares"),
  debtShares: n(row, "debtShares"),
  debtIndex: n(row, "debtIndex"),
  updatedAt: 0n,
});

test("the shared vectors hold", () => {
  assert.ok(markets.length >= 150);
  for (const row of markets) {
    const [market, model] = [marketOf(row), modelOf(row)];
    const parameters = { model, reserveFactorBps: n(row, "reserveFactorBps") };
    const [assets, shares] = [n(row, "assets"), n(row, "shares")];
    assert.equal(totalDebtDown(market), n(row, "debt"));
    assert.equal(totalAssets(market), n(row, "total"));
    assert.equal(utilisationUp(market.cash, totalDebtDown(market)), n(row, "utilisation"));
    assert.equal(borrowRateAt(model, n(row, "utilisation")), n(row, "rate"));
    assert.equal(borrowRateOf(market, model), n(row, "rate"));
    assert.equal(growthDown(n(row, "rate"), n(row, "elapsed")), n(row, "growth"));
    assert.equal(supplyRateOf(market, parameters), n(row, "supplyRate"));
    const after = accrueMarket({ market, parameters, timestamp: n(row, "elapsed") });
    assert.deepEqual(after, {
      ...market,
      debtIndex: n(row, "indexAfter"),
      reserve: n(row, "reserveAfter"),
      updatedAt: n(row, "elapsed"),
    });
    assert.equal(toSharesDown(market, assets), n(row, "sharesDown"));
    assert.equal(toSharesUp(market, assets), n(row, "sharesUp"));
    assert.equal(toAssetsDown(market, shares), n(row, "assetsDown"));
    assert.equal(toAssetsUp(market, shares), n(row, "assetsUp"));
    assert.equal(toDebtSharesDown(market, assets), n(row, "debtSharesDown"));
    assert.equal(toDebtSharesUp(market, assets), n(row, "debtSharesUp"));
    assert.equal(debtOfSharesUp(market, market.debtShares), n(row, "debtUp"));
  }
});

test("every market that the fuzz can make rounds against who calls, and no change lowers what a share is worth", () => {
  const random = new Random(11);
  for (let i = 0; i < 500; ++i) {
    const market = marketOf(random.pick(markets));
    const assets = random.anySize(90);
    assert.ok(toAssetsDown(market, toSharesDown(market, assets)) <= assets, "supplied and taken out again");
    assert.ok(toAssetsUp(market, toSharesUp(market, assets)) >= assets);
    assert.ok(debtOfSharesUp(market, toDebtSharesUp(market, assets)) >= assets, "borrowed and owed");
    const supplied = marketAfter(market, { kind: "supply", assets });
    assertNotWorse(market, supplied);
    assertNotWorse(supplied, marketAfter(supplied, { kind: "withdraw", assets: assets / 2n }));
    const borrowed = marketAfter(supplied, { kind: "borrow", assets: assets / 2n });
    assertNotWorse(supplied, borrowed);
    assertNotWorse(borrowed, marketAfter(borrowed, { kind: "repay", assets: assets / 3n }));
  }
});

/** Worth of a share, virtual ones included, compared without a division. */
function assertNotWorse(before: LendMarket, after: LendMarket): void {
  const left = (totalAssets(after) + 1n) * (before.supplyShares + 1_000_000n);
  assert.ok(left >= (totalAssets(before) + 1n) * (after.supplyShares + 1_000_000n));
}

const model: RateModel = { baseBps: 100n, slope1Bps: 400n, slope2Bps: 10_000n, kinkBps: 8_000n };

test("the curve bends at the kink, and nothing borrowed is no utilisation", () => {
  assert.equal(utilisationUp(5n, 0n), 0n);
  assert.equal(utilisationUp(0n, 5n), WAD);
  assert.equal(utilisationUp(2n, 1n), WAD / 3n + 1n, "rounded up");
  assert.equal(borrowRateAt(model, 0n), WAD / 100n);
  const kink = (8n * WAD) / 10n;
  assert.equal(borrowRateAt(model, kink), (5n * WAD) / 100n);
  assert.ok(borrowRateAt(model, kink + 10n) - borrowRateAt(model, kink) === 50n, "five units a unit above it");
  assert.ok(borrowRateAt(model, kink) - borrowRateAt(model, kink - 100n) === 5n, "a twentieth of one below it");
  assert.equal(borrowRateAt(model, WAD), (105n * WAD) / 100n);
  assert.equal(borrowRateAt({ baseBps: 0n, slope1Bps: 0n, slope2Bps: 0n, kinkBps: 0n }, WAD), 0n, "not set yet");
});

test("growth is three terms of the exponential, and none without time", () => {
  assert.equal(growthDown(WAD, 0n), 0n);
  assert.equal(growthDown(WAD, SECONDS_PER_YEAR), WAD + WAD / 2n + WAD / 6n);
  assert.equal(growthDown(1n, SECONDS_PER_YEAR - 1n), 0n, "rounded down");
});

test("accrueMarket leaves a market of the same second, moves only the time without debt, and refuses the past", () => {
  const market = { cash: 50n, reserve: 0n, supplyShares: 0n, debtShares: 50n, debtIndex: WAD, updatedAt: 100n };
  const parameters = { model, reserveFactorBps: 1_000n };
  assert.deepEqual(accrueMarket({ market, parameters, timestamp: 100n }), market);
  const idle = { ...market, debtShares: 0n };
  assert.deepEqual(accrueMarket({ market: idle, parameters, timestamp: 1_000n }), { ...idle, updatedAt: 1_000n });
  assert.throws(() => accrueMarket({ market, parameters, timestamp: 99n }), RangeError);
});

test("index and reserve stop at the limits of their words, one below and at them", () => {
  const parameters = { model, reserveFactorBps: 1_000n };
  const timestamp = SECONDS_PER_YEAR;
  const market = { cash: 0n, reserve: 0n, supplyShares: 0n, debtShares: 600n, debtIndex: WAD, updatedAt: 0n };
  const old = { ...market, debtIndex: MAX_DEBT_INDEX - 1n, debtShares: 2n ** 95n };
  assert.equal(accrueMarket({ market: old, parameters, timestamp }).debtIndex, MAX_DEBT_INDEX);
  const rich = { ...market, reserve: MAX_RESERVE - 1n, debtShares: 10n ** 30n };
  assert.equal(accrueMarket({ market: rich, parameters, timestamp }).reserve, MAX_RESERVE);
  // A tenth of 19 units of interest, rounded down.
  const grown = (WAD * 619n + 599n) / 600n;
  assert.equal(reserveAfter(market, 1_000n, grown), 1n);
  assert.equal(reserveAfter({ ...market, reserve: MAX_RESERVE - 1n }, 1_000n, grown), MAX_RESERVE);
});

test("a flash loan's fee rounds up", () => {
  assert.equal(flashFeeUp(1n, 800n), 1n);
  assert.equal(flashFeeUp(10_000n, 800n), 8n);
  assert.equal(flashFeeUp(10_001n, 800n), 9n);
  assert.equal(flashFeeUp(10_001n, 0n), 0n);
});

test("the vectors' file is the one that Solidity reads", () => {
  const solidity = readFileSync(new URL("../../test/sdk/LendVectors.sol", import.meta.url), "utf8");
  assert.match(solidity, new RegExp(`MARKETS = ${markets.length};`));
});
