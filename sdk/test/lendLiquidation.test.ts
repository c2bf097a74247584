import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bestLiquidation,
  healthDown,
  type LendPosition,
  liquidationBonus,
  liquidationHealth,
  type LiquidationPlan,
  liquidationProfit,
  planLiquidation,
  planOf,
  PriceQuality,
  seizedOf,
  WAD,
} from "../src/index.ts";
import { position, quote, WHOLE_USD } from "./support/positions.ts";
import { Random } from "./support/random.ts";
import { readVectors } from "./support/readVectors.ts";

const usd = (amount: bigint) => amount * WHOLE_USD;

interface Row extends LiquidationPlan {
  readonly debt: bigint;
  readonly debtPrice: bigint;
  readonly debtDecimals: bigint;
  readonly collateral: bigint;
  readonly collateralPrice: bigint;
  readonly collateralDecimals: bigint;
  readonly wholeDebt: bigint;
  readonly wholeCollateral: bigint;
  readonly cover: bigint;
  readonly thresholdBps: bigint;
  readonly leastThresholdBps: bigint;
  readonly closeFactorBps: bigint;
  readonly strikes: boolean;
  readonly maxRepay: bigint;
  readonly health: bigint;
  readonly bonus: bigint;
  readonly leavesDust: boolean;
}

test("the shared vectors hold", () => {
  const { plans } = readVectors("lend.json") as { plans: Row[] };
  assert.ok(plans.length >= 200);
  for (const row of plans) {
    const { repaid, assets, protocolAssets, takesAll, strikesOff } = row;
    assert.equal(healthDown(row.cover, row.wholeDebt), row.health);
    assert.equal(liquidationBonus(row.thresholdBps), row.bonus);
    const plan = planOf({
      ...row,
      debt: { amount: row.debt, price: row.debtPrice, unit: 10n ** row.debtDecimals },
      collateral: { amount: row.collateral, price: row.collateralPrice, unit: 10n ** row.collateralDecimals },
    });
    const expected = row.leavesDust ? undefined : { repaid, assets, protocolAssets, takesAll, strikesOff };
    assert.deepEqual(plan, expected);
  }
});

test("the bonus is that of the parameters, at most 10 %, and never makes a threshold's collateral worth less than its debt", () => {
  const percent = (thresholdBps: bigint) => liquidationBonus(thresholdBps) / 10n ** 15n;
  assert.deepEqual([8_800n, 8_000n, 7_500n].map(percent), [37n, 63n, 81n]);
  assert.equal(liquidationBonus(0n), 10n ** 17n);
  for (let threshold = 0n; threshold <= 9_500n; threshold += 25n) {
    assert.ok(((WAD + liquidationBonus(threshold)) * threshold) / 10_000n < WAD);
  }
});

const held = position(0, { supplied: usd(1_000n), isCollateral: true });
const owed = position(1, { debt: usd(880n) });
const plan = (positions: readonly LendPosition[], parts: object = {}) =>
  planLiquidation({ positions, debtId: 1, collateralId: 0, timestamp: 100n, ...parts });

test("a plan repays up to the close factor, the target health, or all", () => {
  const { plan: partial } = plan([held, owed]);
  assert.ok(partial !== undefined);
  assert.equal(partial.repaid, usd(440n), "half: the close factor");
  assert.equal(partial.takesAll, false);
  const own = partial.assets - partial.repaid;
  assert.ok(own * 4n - partial.protocolAssets * 6n <= 10n, "60 % of the bonus is the liquidator's");

  assert.equal(plan([held, owed], { maxRepay: usd(100n) }).plan?.repaid, usd(100n));
  assert.equal(plan([held, { ...owed, debt: usd(900n) }]).plan?.repaid, usd(900n), "health under 0.95");
  const small = { ...owed, closeFactorBps: 10_000n, debt: usd(851n) };
  const toTarget = plan([held, small]).plan;
  assert.ok(toTarget !== undefined && toTarget.repaid < small.debt);
  const after = liquidationHealth([
    { ...held, supplied: held.supplied - toTarget.assets - toTarget.protocolAssets },
    { ...small, debt: small.debt - toTarget.repaid },
  ]);
  assert.ok(after.health >= (11n * WAD) / 10n - 10n ** 6n && after.health <= (11n * WAD) / 10n + 10n ** 6n);
});

test("bad debt is struck off where nothing is left of any collateral", () => {
  const deep = { ...owed, debt: usd(2_000n) };
  const alone = plan([held, deep]).plan;
  assert.ok(alone?.takesAll === true && alone.strikesOff && alone.protocolAssets === 0n);
  assert.equal(alone.assets, held.supplied);
  const beside = (parts: Partial<LendPosition>) =>
    plan([held, deep, position(2, { supplied: 1n, isCollateral: true, ...parts })]).plan;
  assert.ok(beside({})?.takesAll === true && !beside({})?.strikesOff, "not even a unit may be left");
  const fallback = quote(WHOLE_USD, { quality: PriceQuality.Fallback });
  assert.ok(beside({ thresholdBps: 0n, quote: fallback })?.strikesOff === false, "what counts for nothing neither");
  const idle = plan([held, deep, position(2, { supplied: 1n })]).plan;
  assert.ok(idle?.strikesOff === true, "shares that are not collateral stay the account's");
  const empty = plan([position(0), deep]).plan;
  assert.deepEqual(empty, { repaid: 0n, assets: 0n, protocolAssets: 0n, takesAll: true, strikesOff: true });
});

test("a plan is refused by the name of the contract's error", () => {
  const refusal = (positions: readonly LendPosition[], parts: object = {}) => plan(positions, parts).refusal;
  assert.equal(refusal([held]), "UnknownId");
  assert.equal(refusal([owed]), "UnknownId");
  assert.equal(refusal([held, { ...owed, debt: usd(850n) }]), "AccountHealthy", "exactly 1");
  assert.equal(refusal([held, { ...owed, debt: usd(850n) + 1n }]), undefined, "just below it");
  assert.equal(refusal([held, position(1), position(2, { debt: usd(900n) })]), "NothingToLiquidate");
  assert.equal(refusal([held, owed], { maxRepay: 0n }), "NothingToLiquidate");
  assert.equal(refusal([held, { ...owed, debt: usd(900n) }], { maxRepay: usd(890n) + 1n }), "LeavesDust");
  assert.equal(refusal([held, { ...owed, debt: usd(900n) }], { maxRepay: usd(890n) }), undefined);
  const fallback = quote(WHOLE_USD, { quality: PriceQuality.Fallback });
  assert.equal(refusal([held, { ...owed, quote: fallback }]), "PriceNotFresh");
  assert.equal(refusal([{ ...held, quote: quote(0n) }, owed]), "PriceNotFresh");
  const early = quote(WHOLE_USD, { liquidatableFrom: 101n });
  assert.equal(refusal([held, { ...owed, quote: early }]), "LiquidationTooEarly");
  assert.equal(refusal([held, { ...owed, quote: early }], { timestamp: 101n }), undefined);
  const unused = position(2, { supplied: 1n, isCollateral: true, thresholdBps: 0n, quote: fallback });
  assert.equal(refusal([held, owed, unused]), undefined, "what counts for nothing needs no price");
  assert.equal(
    refusal([
      { ...held, quote: early },
      { ...owed, quote: fallback },
    ]),
    "LiquidationTooEarly",
    "first id first",
  );
});

test("collateral that is left alone holds nothing off: without a good price it counts twice", () => {
  // 850 of cover, and 85 beside it.
  const beside = position(2, { supplied: usd(100n), isCollateral: true });
  const refusal = (parts: Partial<LendPosition>, debt: bigint, orders: object = {}) =>
    plan([held, { ...owed, debt }, { ...beside, ...parts }], orders).refusal;
  assert.equal(refusal({}, usd(935n)), "AccountHealthy");
  assert.equal(refusal({}, usd(935n) + 1n), undefined);
  const stale = { quote: quote(0n, { quality: PriceQuality.Halted }), lastPrice: WHOLE_USD };
  assert.equal(refusal(stale, usd(1_020n)), "AccountHealthy", "twice the last price");
  assert.equal(refusal(stale, usd(1_020n) + 1n), undefined);
  assert.equal(refusal({ ...stale, lastPrice: 0n }, usd(2_000n)), "PriceNotFresh", "unknown");
  const early = { quote: quote(WHOLE_USD, { liquidatableFrom: 101n }) };
  assert.equal(refusal(early, usd(1_020n)), "AccountHealthy", "twice in its grace");
  assert.equal(refusal(early, usd(1_020n) + 1n), undefined);
  assert.equal(refusal(early, usd(936n), { timestamp: 101n }), undefined, "once after it");
  assert.equal(refusal({ ...stale, debt: 1n }, usd(2_000n)), "PriceNotFresh", "what is owed needs a price");
  assert.equal(refusal(stale, usd(2_000n), { collateralId: 2 }), "PriceNotFresh", "and what is seized");
});

test("the protocol has its part of a collateral that is taken whole, as far as there is room beside the riskiest", () => {
  const taken = { ...held, thresholdBps: 8_000n };
  const deep = { ...owed, debt: usd(10_000n) };
  const beside = (supplied: bigint) => position(2, { supplied, isCollateral: true, thresholdBps: 7_500n });
  const [bonus, riskiest] = [liquidationBonus(8_000n), liquidationBonus(7_500n)];
  const own = (bonus * 6n) / 10n;
  const none = plan([taken, deep, beside(usd(9_400n))]).plan;
  assert.equal(none?.protocolAssets, 0n, "no room");
  const whole = plan([taken, deep, beside(usd(10_000n))]).plan;
  assert.equal(whole?.protocolAssets, (usd(1_000n) * (bonus - own)) / (WAD + bonus), "all of its part");
  assert.equal(whole?.assets, usd(1_000n) - whole.protocolAssets);
  const some = plan([taken, deep, beside(usd(9_500n))]).plan;
  const room = (usd(10_500n) * WAD) / usd(10_000n) - WAD - (riskiest * 6n) / 10n;
  assert.equal(some?.protocolAssets, (usd(1_000n) * room) / (WAD + own + room), "the room");
});

test("a liquidation asks for ill health at the prices that favour the account", () => {
  const jump = (low: bigint, high: bigint) =>
    quote(WHOLE_USD, { low: usd(low), high: usd(high), quality: PriceQuality.Pending });
  assert.equal(plan([{ ...held, quote: jump(1n, 2n) }, owed]).refusal, "AccountHealthy");
  assert.equal(plan([held, { ...owed, quote: jump(1n, 3n) }]).refusal, undefined);
});

test("what is seized is counted in whole shares, rounded down", () => {
  const market = {
    cash: 3_000_001n,
    reserve: 0n,
    supplyShares: 2n * 10n ** 12n,
    debtShares: 0n,
    debtIndex: WAD,
    updatedAt: 0n,
  };
  const some = { repaid: 0n, assets: 1_000n, protocolAssets: 100n, takesAll: false, strikesOff: false };
  const { shares, assets } = seizedOf({ plan: some, market, supplyShares: 10n ** 12n });
  assert.equal(shares, (1_000n * (market.supplyShares + 1_000_000n)) / 3_000_002n);
  assert.equal(assets, 999n);
  const all = seizedOf({ plan: { ...some, takesAll: true }, market, supplyShares: 10n ** 12n });
  assert.equal(all.shares, 10n ** 12n - (100n * (market.supplyShares + 1_000_000n)) / 3_000_002n);
});

test("profit is what is seized at low less what is repaid at high, fees and gas", () => {
  const debt = { quote: quote(WHOLE_USD, { high: 2n * WHOLE_USD }), decimals: 18 };
  const collateral = { quote: quote(usd(3_000n), { low: usd(2_000n) }), decimals: 18 };
  const done = { repaid: usd(900n), assets: WAD };
  assert.deepEqual(liquidationProfit({ plan: done, debt, collateral }), {
    revenue: usd(2_000n),
    cost: usd(1_800n),
    profit: usd(200n),
  });
  const paid = liquidationProfit({
    plan: done,
    debt,
    collateral,
    flashFee: 1_000n,
    slippage: 10_000n,
    gasCost: usd(5n),
  });
  assert.equal(paid.revenue, usd(1_980n));
  assert.equal(paid.cost, usd(1_800n) + (usd(1_800n) * 1_000n) / 1_000_000n + usd(5n));
  assert.equal(paid.profit, paid.revenue - paid.cost);
  const tiny = liquidationProfit({
    plan: { repaid: 1n, assets: 1n },
    debt: { quote: quote(1n), decimals: 18 },
    collateral: { quote: quote(1n), decimals: 18 },
  });
  assert.deepEqual(tiny, { revenue: 0n, cost: 1n, profit: -1n }, "rounded against the liquidator");
});

test("bestLiquidation is the best of all pairs", () => {
  const random = new Random(14);
  let found = 0;
  for (let i = 0; i < 300; ++i) {
    const positions = [0, 1, 2, 3].map((id) =>
      position(id, {
        thresholdBps: random.between(5_000n, 9_500n),
        supplied: random.chance(60) ? random.anySize(70) : 0n,
        isCollateral: random.chance(80),
        debt: random.chance(60) ? random.anySize(70) : 0n,
        quote: quote(random.between(WHOLE_USD / 2n, 4n * WHOLE_USD)),
      }),
    );
    const costs = { gasCost: usd(1n), flashFee: 800n };
    const all = positions.flatMap((debt) =>
      positions.flatMap((collateral) => {
        const one = planLiquidation({ positions, debtId: debt.id, collateralId: collateral.id, timestamp: 0n }).plan;
        if (one === undefined || collateral.supplied === 0n || !collateral.isCollateral) return [];
        return [liquidationProfit({ plan: one, debt, collateral, ...costs }).profit];
      }),
    );
    const best = bestLiquidation({ positions, timestamp: 0n, ...costs });
    assert.equal(best === undefined, all.length === 0);
    if (best === undefined) continue;
    ++found;
    assert.equal(
      best.profit,
      all.reduce((most, profit) => (profit > most ? profit : most)),
    );
  }
  assert.ok(found > 50);
});

test("bestLiquidation keeps to the capital that there is", () => {
  const positions = [held, owed];
  const best = bestLiquidation({ positions, timestamp: 0n, maxRepay: new Map([[1, usd(50n)]]) });
  assert.equal(best?.plan.repaid, usd(50n));
  assert.equal(bestLiquidation({ positions: [held], timestamp: 0n }), undefined);
});
