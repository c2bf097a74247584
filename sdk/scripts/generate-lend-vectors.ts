/**
 * Writes the vectors of lending and the oracle that TypeScript and Solidity tests share, from the SDK's own maths:
 * `sdk/test/vectors/lend.json` and `oracle.json`, and `test/sdk/LendVectors.sol` and `OracleVectors.sol` with the same
 * numbers packed for Solidity. `--check` only compares and exits 1 when one is stale.
 */
import { join } from "node:path";

import { healthDown } from "../src/lend/account/healthDown.ts";
import { valueDown } from "../src/lend/account/valueDown.ts";
import { valueUp } from "../src/lend/account/valueUp.ts";
import { UNLIMITED, WAD } from "../src/lend/constants.ts";
import { liquidationBonus } from "../src/lend/liquidation/liquidationBonus.ts";
import { planOf } from "../src/lend/liquidation/planOf.ts";
import { accrueMarket } from "../src/lend/market/accrueMarket.ts";
import { borrowRateAt } from "../src/lend/market/borrowRateAt.ts";
import { debtOfSharesUp } from "../src/lend/market/debtOfSharesUp.ts";
import { growthDown } from "../src/lend/market/growthDown.ts";
import { supplyRateOf } from "../src/lend/market/supplyRateOf.ts";
import { toAssetsDown } from "../src/lend/market/toAssetsDown.ts";
import { toAssetsUp } from "../src/lend/market/toAssetsUp.ts";
import { toDebtSharesDown } from "../src/lend/market/toDebtSharesDown.ts";
import { toDebtSharesUp } from "../src/lend/market/toDebtSharesUp.ts";
import { toSharesDown } from "../src/lend/market/toSharesDown.ts";
import { toSharesUp } from "../src/lend/market/toSharesUp.ts";
import { totalAssets } from "../src/lend/market/totalAssets.ts";
import { totalDebtDown } from "../src/lend/market/totalDebtDown.ts";
import { utilisationUp } from "../src/lend/market/utilisationUp.ts";
import { answersAgree } from "../src/oracle/answersAgree.ts";
import { feedPriceDown } from "../src/oracle/feedPriceDown.ts";
import { feedPriceUp } from "../src/oracle/feedPriceUp.ts";
import { freshUntil } from "../src/oracle/freshUntil.ts";
import { maxAgeOf } from "../src/oracle/maxAgeOf.ts";
import { Random } from "../test/support/random.ts";
import { root, writeGenerated } from "./generated.ts";
import { type Field, jsonLine, literal } from "./packed.ts";

const random = new Random(20_260_101);

// ------------------------------------------------------------------------------------------------------------ markets

/** A pool somewhere between empty and full, its curve within the contract's bounds, and a time that passes. */
function market() {
  const model = {
    baseBps: random.between(0n, 10_000n),
    slope1Bps: random.between(0n, 20_000n),
    slope2Bps: random.between(0n, 100_000n),
    kinkBps: random.between(1_000n, 9_900n),
  };
  const cash = random.chance(10) ? 0n : random.anySize(94);
  const isOld = random.chance(5);
  const young = random.chance(30) ? WAD : WAD * random.between(1n, 1_000n) + random.between(0n, WAD);
  // An old one is close to where the index stands still.
  const debtIndex = isOld ? (1n << 96n) - random.anySize(90) : young;
  const debtShares = random.chance(10) ? 0n : random.anySize(isOld ? 56 : 82);
  const funds = cash + totalDebtDown({ cash, reserve: 0n, supplyShares: 0n, debtShares, debtIndex, updatedAt: 0n });
  const most = funds < (1n << 79n) - 1n ? funds : (1n << 79n) - 1n;
  return {
    ...model,
    reserveFactorBps: random.between(0n, 2_500n),
    cash,
    reserve: random.chance(30) ? 0n : random.between(0n, most),
    supplyShares: random.chance(10) ? 0n : random.anySize(111),
    debtShares,
    debtIndex,
    elapsed: random.pick([0n, 1n, 3_600n, 31_536_000n, random.anySize(27)]),
    assets: random.anySize(94),
    shares: random.anySize(111),
  };
}

const markets = Array.from({ length: 180 }, () => {
  const given = market();
  const { baseBps, slope1Bps, slope2Bps, kinkBps, reserveFactorBps, elapsed, assets, shares } = given;
  const model = { baseBps, slope1Bps, slope2Bps, kinkBps };
  const before = { ...given, updatedAt: 0n };
  const debt = totalDebtDown(before);
  const utilisation = utilisationUp(given.cash, debt);
  const rate = borrowRateAt(model, utilisation);
  const parameters = { model, reserveFactorBps };
  const after = accrueMarket({ market: before, parameters, timestamp: elapsed });
  return {
    ...given,
    utilisation,
    rate,
    growth: growthDown(rate, elapsed),
    supplyRate: supplyRateOf(before, parameters),
    indexAfter: after.debtIndex,
    reserveAfter: after.reserve,
    debt,
    total: totalAssets(before),
    sharesDown: toSharesDown(before, assets),
    sharesUp: toSharesUp(before, assets),
    assetsDown: toAssetsDown(before, shares),
    assetsUp: toAssetsUp(before, shares),
    debtSharesDown: toDebtSharesDown(before, assets),
    debtSharesUp: toDebtSharesUp(before, assets),
    debtUp: debtOfSharesUp(before, given.debtShares),
  };
});

const packedMarkets = markets.map((row): Field[] => [
  [row.baseBps, 2],
  [row.slope1Bps, 2],
  [row.slope2Bps, 3],
  [row.kinkBps, 2],
  [row.reserveFactorBps, 2],
  [row.cash, 12],
  [row.reserve, 10],
  [row.supplyShares, 14],
  [row.debtShares, 12],
  [row.debtIndex, 12],
  [row.elapsed, 4],
  [row.assets, 12],
  [row.shares, 14],
  [row.utilisation, 8],
  [row.rate, 8],
  [row.growth, 16],
  [row.supplyRate, 16],
  [row.indexAfter, 12],
  [row.reserveAfter, 10],
  [row.debt, 12],
  [row.total, 13],
  [row.sharesDown, 32],
  [row.sharesUp, 32],
  [row.assetsDown, 32],
  [row.assetsUp, 32],
  [row.debtSharesDown, 12],
  [row.debtSharesUp, 12],
  [row.debtUp, 12],
]);

// -------------------------------------------------------------------------------------------------------------- plans

/** An account of a few dollars to many millions, its health from nothing to just below one. */
function liquidation() {
  const value = random.anySize(90);
  const side = (worth: bigint) => {
    const decimals = random.pick([0, 2, 6, 8, 18]);
    // High enough for an amount of at most 92 bits.
    const price = random.anySize(75) + 10n ** 12n + ((worth * 10n ** BigInt(decimals)) >> 92n);
    return { amount: (worth * 10n ** BigInt(decimals)) / price + 1n, price, decimals };
  };
  const debt = side(value);
  const thresholdBps = random.pick([0n, 1n, 6_500n, 8_000n, 8_800n, 9_500n, random.between(0n, 9_500n)]);
  // From almost nothing to much more than the debt; often around the debt and its bonus.
  const bonus = (liquidationBonus(thresholdBps) * random.between(50n, 110n)) / 100n;
  const worth = random.chance(50) ? (value * random.between(1n, 160n)) / 100n : (value * (WAD + bonus)) / WAD;
  const collateral = side(worth);
  const own = valueUp(debt.amount, debt.price, debt.decimals);
  const seizable = valueDown(collateral.amount, collateral.price, collateral.decimals);
  const wholeDebt = own + (random.chance(60) ? 0n : random.anySize(85));
  const health = random.chance(50) ? random.between(945n, 999n) : random.between(0n, 999n);
  return {
    debt,
    collateral,
    wholeDebt,
    wholeCollateral: seizable + (random.chance(50) ? 0n : random.anySize(85)),
    cover: (wholeDebt * health) / 1_000n,
    thresholdBps,
    closeFactorBps: random.pick([1_000n, 4_000n, 5_000n, 10_000n]),
    strikes: random.chance(50),
    leastThresholdBps: random.chance(60) ? thresholdBps : random.between(0n, thresholdBps),
    maxRepay: random.chance(50) ? UNLIMITED >> 160n : random.between(0n, debt.amount),
  };
}

const plans = Array.from({ length: 220 }, () => {
  const { debt, collateral, ...whole } = liquidation();
  const unit = ({ amount, price, decimals }: typeof debt) => ({ amount, price, unit: 10n ** BigInt(decimals) });
  const plan = planOf({ debt: unit(debt), collateral: unit(collateral), ...whole });
  return {
    debt: debt.amount,
    debtPrice: debt.price,
    debtDecimals: BigInt(debt.decimals),
    collateral: collateral.amount,
    collateralPrice: collateral.price,
    collateralDecimals: BigInt(collateral.decimals),
    ...whole,
    health: healthDown(whole.cover, whole.wholeDebt),
    bonus: liquidationBonus(whole.thresholdBps),
    leavesDust: plan === undefined,
    repaid: plan?.repaid ?? 0n,
    assets: plan?.assets ?? 0n,
    protocolAssets: plan?.protocolAssets ?? 0n,
    takesAll: plan?.takesAll ?? false,
    strikesOff: plan?.strikesOff ?? false,
  };
});

const bit = (flag: boolean, place: number) => (flag ? 1n << BigInt(place) : 0n);
const packedPlans = plans.map((row): Field[] => [
  [row.debt, 12],
  [row.debtPrice, 12],
  [row.debtDecimals, 1],
  [row.collateral, 12],
  [row.collateralPrice, 12],
  [row.collateralDecimals, 1],
  [row.wholeDebt, 16],
  [row.wholeCollateral, 16],
  [row.cover, 16],
  [row.thresholdBps, 2],
  [row.leastThresholdBps, 2],
  [row.closeFactorBps, 2],
  [row.maxRepay, 12],
  [row.health, 32],
  [row.bonus, 8],
  [row.repaid, 12],
  [row.assets, 12],
  [row.protocolAssets, 12],
  [bit(row.leavesDust, 0) | bit(row.takesAll, 1) | bit(row.strikesOff, 2) | bit(row.strikes, 3), 1],
]);

// ------------------------------------------------------------------------------------------------------------- oracle

const feeds = Array.from({ length: 112 }, (_, index) => {
  const decimals = index % 28;
  const answer = random.anySize(88);
  const beside = random.between(-2n, 2n);
  const next = random.pick([
    answer,
    (answer * 11n) / 10n + (beside < 0n ? 0n : beside),
    (answer * 9n) / 10n + (beside < 0n ? 0n : beside),
    random.anySize(88),
  ]);
  const observedAt = random.between(1_000_000_000n, 4_000_000_000n);
  const heartbeat = random.between(60n, 172_800n);
  const maxAge = maxAgeOf(heartbeat);
  const age = random.chance(50) ? random.between(0n, maxAge) : random.between(0n, 2n * maxAge) % (1n << 18n);
  const updatedAt = observedAt - age;
  return {
    answer,
    decimals: BigInt(decimals),
    next,
    observedAt,
    age,
    heartbeat,
    priceDown: feedPriceDown(answer, decimals),
    priceUp: feedPriceUp(answer, decimals),
    agrees: answersAgree(answer, next),
    maxAge,
    freshUntil: freshUntil({ answer, updatedAt, observedAt }, maxAge),
  };
});

const packedFeeds = feeds.map((row): Field[] => [
  [row.answer, 11],
  [row.decimals, 1],
  [row.next, 12],
  [row.observedAt, 4],
  [row.age, 3],
  [row.heartbeat, 3],
  [row.priceDown, 20],
  [row.priceUp, 20],
  [bit(row.agrees, 0), 1],
  [row.maxAge, 3],
  [row.freshUntil, 5],
]);

// -------------------------------------------------------------------------------------------------------------- files

const sizeOf = (fields: readonly Field[] = []) => fields.reduce((sum, [, bytes]) => sum + bytes, 0);
const lines = (rows: readonly unknown[]) => rows.map(jsonLine).join(",\n    ");
const head = (what: string) =>
  "// SPDX-License-Identifier: MIT\n// Generated by sdk/scripts/generate-lend-vectors.ts. Do not edit.\n" +
  `pragma solidity 0.8.30;\n\n/// @notice The vectors of sdk/test/vectors/${what}, packed.\n`;
const list = (name: string, records: readonly Field[][]) =>
  `    function ${name}() internal pure returns (bytes memory) {\n        return\n${literal(records)};\n    }\n`;

const lendSolidity =
  `${head("lend.json")}library LendVectors {\n` +
  `    uint256 internal constant MARKETS = ${markets.length};\n` +
  "    /// @dev Bytes of a market, in the order of its fields in the JSON: 2, 2, 3, 2, 2 | cash 12 | reserve 10 | supply\n" +
  "    /// shares 14 | debt shares 12 | index 12 | elapsed 4 | assets 12 | shares 14 | then the results.\n" +
  `    uint256 internal constant MARKET_SIZE = ${sizeOf(packedMarkets[0])};\n` +
  `    uint256 internal constant PLANS = ${plans.length};\n` +
  `    uint256 internal constant PLAN_SIZE = ${sizeOf(packedPlans[0])};\n\n` +
  `${list("markets", packedMarkets)}\n${list("plans", packedPlans)}}\n`;
const oracleSolidity =
  `${head("oracle.json")}library OracleVectors {\n` +
  `    uint256 internal constant COUNT = ${feeds.length};\n` +
  `    uint256 internal constant SIZE = ${sizeOf(packedFeeds[0])};\n\n${list("cases", packedFeeds)}}\n`;

await writeGenerated(
  join(root, "sdk/test/vectors"),
  new Map([
    ["lend.json", `{\n  "markets": [\n    ${lines(markets)}\n  ],\n  "plans": [\n    ${lines(plans)}\n  ]\n}\n`],
    ["oracle.json", `{\n  "feeds": [\n    ${lines(feeds)}\n  ]\n}\n`],
  ]),
);
await writeGenerated(
  join(root, "test/sdk"),
  new Map([
    ["LendVectors.sol", lendSolidity],
    ["OracleVectors.sol", oracleSolidity],
  ]),
);
