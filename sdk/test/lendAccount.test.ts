import assert from "node:assert/strict";
import { test } from "node:test";

import {
  accountHealth,
  borrowCapacity,
  coverage,
  keepsIsolation,
  type LendMarket,
  type LendPosition,
  liquidationHealth,
  liquidationPrice,
  maxWithdraw,
  NO_DEBT_HEALTH,
  PriceQuality,
  UNLIMITED,
  valueDown,
  valueUp,
  WAD,
  withdrawable,
} from "../src/index.ts";
import { position, quote, WHOLE_USD } from "./support/positions.ts";
import { Random } from "./support/random.ts";

const market: LendMarket = {
  cash: 10n ** 30n,
  reserve: 0n,
  supplyShares: 10n ** 36n,
  debtShares: 0n,
  debtIndex: WAD,
  updatedAt: 0n,
};
const usd = (amount: bigint) => amount * WHOLE_USD;

test("values round down for collateral and up for debt", () => {
  assert.equal(valueDown(1n, 5n, 1), 0n);
  assert.equal(valueUp(1n, 5n, 1), 1n);
  assert.equal(valueUp(0n, 5n, 1), 0n);
  assert.equal(valueDown(15n, 7n, 0), 105n);
});

test("accountHealth counts what is switched on at low and debt at high", () => {
  const positions = [
    position(0, { supplied: usd(1_000n), isCollateral: true, quote: quote(WHOLE_USD, { low: WHOLE_USD / 2n }) }),
    position(1, { supplied: usd(5_000n) }),
    position(2, { debt: usd(100n), quote: quote(WHOLE_USD, { high: 2n * WHOLE_USD }) }),
  ];
  assert.deepEqual(accountHealth(positions), {
    collateral: usd(500n),
    power: usd(400n),
    threshold: usd(425n),
    debt: usd(200n),
    health: (425n * WAD) / 200n,
    quality: PriceQuality.Fresh,
  });
  assert.equal(accountHealth(positions.slice(0, 2)).health, NO_DEBT_HEALTH);
  assert.equal(accountHealth([]).health, NO_DEBT_HEALTH);
});

test("accountHealth says the worst price that counts, and none that does not", () => {
  const pending = quote(WHOLE_USD, { quality: PriceQuality.Pending });
  const halted = quote(0n, { quality: PriceQuality.Halted });
  const held = position(0, { supplied: usd(1n), isCollateral: true, quote: pending });
  assert.equal(accountHealth([held]).quality, PriceQuality.Pending);
  assert.equal(accountHealth([held, position(1, { quote: halted, supplied: 1n })]).quality, PriceQuality.Pending);
  assert.equal(accountHealth([held, position(1, { quote: halted, debt: 1n })]).quality, PriceQuality.Halted);
});

test("coverage is not known while a price that counts is not fresh; what counts for nothing needs none", () => {
  const halted = quote(0n, { quality: PriceQuality.Halted });
  const held = position(0, { supplied: usd(10n), isCollateral: true });
  assert.deepEqual(coverage([held]), { power: usd(10n) * 8_000n, owed: 0n });
  assert.equal(coverage([{ ...held, quote: halted }]), undefined);
  assert.deepEqual(coverage([{ ...held, quote: halted, collateralFactorBps: 0n }]), { power: 0n, owed: 0n });
  assert.deepEqual(coverage([{ ...held, quote: halted, isCollateral: false }]), { power: 0n, owed: 0n });
  assert.equal(coverage([position(0, { debt: 1n, quote: quote(0n) })]), undefined, "fresh, and zero");
});

test("isolated collateral stands alone, and behind marked debts", () => {
  const isolated = position(0, { isCollateral: true, isolated: true });
  const marked = position(1, { debt: 1n, isolationDebt: true });
  const other = position(2);
  assert.equal(keepsIsolation([isolated, marked, other]), true);
  assert.equal(keepsIsolation([isolated, { ...other, isCollateral: true }]), false);
  assert.equal(keepsIsolation([isolated, { ...other, debt: 1n }]), false);
  assert.equal(keepsIsolation([isolated, marked, other], 2), false, "what would be borrowed");
  assert.equal(keepsIsolation([isolated, { ...marked, debt: 0n }], 1), true);
  assert.equal(
    keepsIsolation(
      [
        { ...isolated, isCollateral: false },
        { ...other, debt: 1n },
      ],
      2,
    ),
    true,
  );
});

const lender = position(0, { supplied: usd(1_000n), isCollateral: true });
const wanted = position(1, { decimals: 6, quote: quote(4n * WHOLE_USD) });
const capacity = (parts: object = {}, positions: readonly LendPosition[] = [lender, wanted]) =>
  borrowCapacity({ positions, id: 1, market, debtShares: 0n, borrowCap: 1n << 30n, ...parts });

test("borrowCapacity is bound by power, cash and cap, each to the unit", () => {
  assert.equal(capacity(), 200_000_000n, "800 USD at 4 USD");
  assert.equal(capacity({ market: { ...market, cash: 199_999_999n } }), 199_999_999n);
  assert.equal(capacity({ borrowCap: 150n }), 150_000_000n);
  assert.equal(capacity({ borrowCap: 150n, market: { ...market, debtShares: 149_999_999n } }), 1n);
  assert.equal(capacity({ borrowCap: 150n, market: { ...market, debtShares: 150_000_000n } }), 0n);
  assert.equal(capacity({ borrowCap: 150n, market: { ...market, debtShares: 151_000_000n } }), 0n, "above its cap");
});

test("borrowCapacity counts what is owed already, in that pool and in others", () => {
  const owing = { ...wanted, debt: 50_000_000n };
  assert.equal(capacity({ debtShares: 50_000_000n }, [lender, owing]), 150_000_000n);
  assert.equal(capacity({}, [lender, wanted, position(2, { debt: usd(799n) })]), 250_000n);
  assert.equal(capacity({}, [lender, wanted, position(2, { debt: usd(801n) })]), 0n);
});

test("borrowCapacity is zero without a fresh price, with broken isolation, and refuses an asset that is not there", () => {
  const pending = quote(4n * WHOLE_USD, { quality: PriceQuality.Pending });
  assert.equal(capacity({}, [lender, { ...wanted, quote: pending }]), 0n);
  assert.equal(capacity({}, [{ ...lender, quote: pending }, wanted]), 0n);
  assert.equal(capacity({}, [{ ...lender, isolated: true }, wanted]), 0n);
  assert.equal(
    capacity({}, [
      { ...lender, isolated: true },
      { ...wanted, isolationDebt: true },
    ]),
    200_000_000n,
  );
  assert.throws(() => capacity({}, [lender]), /Asset 1 is not among the positions/);
});

test("withdrawable is not limited without debt or collateral, and leaves the debts covered", () => {
  const owing = [lender, position(1, { debt: usd(400n) })];
  assert.equal(withdrawable([lender], 0), UNLIMITED);
  assert.equal(withdrawable([...owing, position(2, { supplied: 5n })], 2), UNLIMITED, "not switched on");
  const free = withdrawable(owing, 0);
  assert.ok(free <= usd(500n) && free >= usd(500n) - 10n);
  const left = { ...lender, supplied: lender.supplied - free };
  const after = coverage([left, ...owing.slice(1)]);
  assert.ok(after !== undefined && after.power >= after.owed * 10_000n);
  assert.equal(withdrawable([lender, position(1, { debt: usd(801n) })], 0), 0n);
  const stale = position(1, { debt: 1n, quote: quote(WHOLE_USD, { quality: PriceQuality.Fallback }) });
  assert.equal(withdrawable([lender, stale], 0), 0n);
  const worthless = position(3, { supplied: 5n, isCollateral: true, collateralFactorBps: 0n });
  assert.equal(withdrawable([...owing, worthless], 3), UNLIMITED);
  assert.equal(withdrawable([...owing, position(3, { isCollateral: true })], 3), 0n, "nothing there");
});

test("maxWithdraw is what the account has, the cash serves and the debts allow", () => {
  const owing = [lender, position(1, { debt: usd(400n) })];
  assert.equal(maxWithdraw({ positions: [lender], id: 0, market }), usd(1_000n));
  assert.equal(maxWithdraw({ positions: [lender], id: 0, market: { ...market, cash: 7n } }), 7n);
  assert.equal(maxWithdraw({ positions: owing, id: 0, market }), withdrawable(owing, 0));
});

/** Whether the account is liquidatable when asset `id` costs `price`. */
function isUnhealthyAt(positions: readonly LendPosition[], id: number, price: bigint): boolean {
  const moved = positions.map((one) => (one.id === id ? { ...one, quote: quote(price) } : one));
  return liquidationHealth(moved).health < WAD;
}

test("liquidationHealth counts what has no price for a liquidation twice, at its last; what is owed once", () => {
  const stale = quote(0n, { high: 2n ** 128n - 1n, quality: PriceQuality.Halted, liquidatableFrom: UNLIMITED });
  const held = position(1, { supplied: 100n, isCollateral: true, quote: stale, lastPrice: usd(3n) });
  const debt = position(0, { debt: 400n });
  const healthOf = (parts: Partial<LendPosition>, timestamp?: bigint) =>
    liquidationHealth([debt, { ...held, ...parts }], timestamp);

  assert.deepEqual(healthOf({}), { collateral: 300n, cover: 510n, debt: 400n, health: (510n * WAD) / 400n });
  assert.equal(healthOf({ quote: quote(usd(5n), { quality: PriceQuality.Fallback }) }).cover, 510n);
  // Nothing is known: the quote's own high, once.
  assert.equal(healthOf({ lastPrice: 0n }).cover, (100n * (2n ** 128n - 1n) * 8_500n) / (WAD * 10_000n));
  // Owed as well: its own price alone.
  assert.equal(healthOf({ debt: 1n, quote: quote(usd(5n), { quality: PriceQuality.Fallback }) }).cover, 425n);
  const inGrace = quote(usd(2n), { low: usd(1n), liquidatableFrom: 1_000n });
  assert.equal(healthOf({ quote: inGrace }, 999n).cover, 340n);
  assert.equal(healthOf({ quote: inGrace }, 1_000n).cover, 170n);
  assert.equal(healthOf({ quote: inGrace }).cover, 170n);
});

test("liquidationPrice of one asset is found beside another that has no price", () => {
  const stale = quote(0n, { high: 2n ** 128n - 1n, quality: PriceQuality.Halted, liquidatableFrom: UNLIMITED });
  const positions = [
    position(0, { supplied: 1_000n, isCollateral: true }),
    position(1, { debt: 600n }),
    position(2, { supplied: 100n, isCollateral: true, quote: stale, lastPrice: usd(1n) }),
  ];
  // 85 % of the collateral and twice 85 are below 600 up to a value of 505.
  const limit = liquidationPrice(positions, 0);
  assert.equal(limit?.side, "below");
  assert.equal(isUnhealthyAt(positions, 0, limit?.price ?? 0n), true);
  assert.equal(isUnhealthyAt(positions, 0, (limit?.price ?? 0n) + 1n), false);
  assert.equal((limit?.price ?? 0n) / 10n ** 15n, 505n);
});

test("liquidationPrice of collateral or debt is the first price that liquidates, exactly", () => {
  const random = new Random(12);
  let found = 0;
  for (let i = 0; i < 600; ++i) {
    const decimals = random.pick([0, 6, 8, 18]);
    const positions = [
      position(0, { supplied: random.anySize(70), isCollateral: true, quote: quote(random.anySize(80)) }),
      position(1, { debt: random.anySize(70), quote: quote(random.anySize(80)) }),
      random.chance(50)
        ? position(2, { decimals, supplied: random.anySize(80), isCollateral: true, quote: quote(random.anySize(80)) })
        : position(2, { decimals, debt: random.anySize(80), quote: quote(random.anySize(80)) }),
    ];
    const limit = liquidationPrice(positions, 2);
    if (limit === undefined) {
      assert.equal(isUnhealthyAt(positions, 2, 0n), false);
      continue;
    }
    ++found;
    const { price, side } = limit;
    assert.equal(isUnhealthyAt(positions, 2, price), true, `${side} ${price}`);
    if (side === "below") assert.equal(isUnhealthyAt(positions, 2, price + 1n), false);
    else if (price > 0n) assert.equal(isUnhealthyAt(positions, 2, price - 1n), false);
  }
  assert.ok(found > 200);
});

test("liquidationPrice of an asset that is both is on the safe side, by next to nothing", () => {
  const random = new Random(13);
  let found = 0;
  for (let i = 0; i < 600; ++i) {
    const both = position(2, {
      supplied: random.anySize(80),
      isCollateral: true,
      debt: random.anySize(80),
      quote: quote(random.anySize(70)),
    });
    const positions = [
      position(0, { supplied: random.anySize(80), isCollateral: true, quote: quote(random.anySize(70)) }),
      position(1, { debt: random.anySize(80), quote: quote(random.anySize(70)) }),
      both,
    ];
    const limit = liquidationPrice(positions, 2);
    if (limit === undefined) {
      assert.equal(isUnhealthyAt(positions, 2, random.anySize(100)), false);
      continue;
    }
    ++found;
    const { price, side } = limit;
    if (side === "below") assert.equal(isUnhealthyAt(positions, 2, price + 1n), false);
    else if (price > 0n) assert.equal(isUnhealthyAt(positions, 2, price - 1n), false);
    // A thousandth further and it is liquidatable, where that is worth more than the roundings.
    const slope = both.supplied * both.thresholdBps - both.debt * 10_000n;
    if ((slope < 0n ? -slope : slope) * price > 20_000n * 10_000n * 10n ** 18n) {
      const beyond = side === "below" ? (price * 999n) / 1_000n : (price * 1_001n) / 1_000n + 1n;
      assert.equal(isUnhealthyAt(positions, 2, beyond), true);
    }
  }
  assert.ok(found > 200);
});

test("liquidationPrice is none where no price of the asset matters", () => {
  const held = position(0, { supplied: usd(1_000n), isCollateral: true });
  const owed = position(1, { debt: usd(100n) });
  assert.equal(liquidationPrice([held], 0), undefined, "without a debt");
  assert.equal(liquidationPrice([held, owed, position(2)], 2), undefined, "nothing there");
  assert.equal(liquidationPrice([held, owed, position(2, { supplied: 1n })], 2), undefined, "not switched on");
  const idle = position(2, { supplied: 1n, isCollateral: true, thresholdBps: 0n });
  assert.equal(liquidationPrice([held, owed, idle], 2), undefined, "counts for nothing");
  assert.deepEqual(liquidationPrice([position(0), owed], 1), { price: 1n, side: "above" }, "no collateral at all");
  assert.deepEqual(
    liquidationPrice([held, owed, position(2, { debt: usd(2_000n) })], 1),
    { price: 0n, side: "above" },
    "unhealthy for another debt",
  );
  assert.throws(() => liquidationPrice([held], 1), RangeError);
});
