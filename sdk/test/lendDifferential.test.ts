/**
 * The SDK's lending maths against the deployed contracts, over random accounts, prices and a clock that moves. The markets
 * are kept by the SDK's maths alone and compared after each step. Repeatable by its seed.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import type { Address } from "viem";

import {
  accountHealth,
  accrueMarket,
  borrowAsset,
  borrowCapacity,
  borrowRateOf,
  CallError,
  debtOfSharesUp,
  decodeContractError,
  getAccountAssets,
  getAccountHealth,
  getPoolAccount,
  getPoolRates,
  getPoolTotals,
  getPositions,
  keepsIsolation,
  lendControllerAbi,
  type LendMarket,
  type LendPosition,
  liquidateAccount,
  liquidationHealth,
  liquidationPrice,
  marketAfter,
  type MarketChange,
  maxWithdraw,
  planLiquidation,
  type PoolAccount,
  type PoolParameters,
  type PoolTotals,
  previewLiquidation,
  PriceQuality,
  type PriceQuote,
  repayDebt,
  seizedOf,
  setCollateral,
  supplyAsset,
  supplyRateOf,
  toAssetsDown,
  toDebtSharesDown,
  UNLIMITED,
  uTokenAbi,
  WAD,
  waitForLend,
  withdrawable,
  withdrawAsset,
} from "../src/index.ts";
import { startChain, type TestChain, type TestWallet } from "./support/chain.ts";
import {
  CAP,
  CLOSE_FACTOR,
  deployLend,
  FLASH_FEE,
  MARKETS,
  type MarketSymbol,
  setLastPrice,
  setQuote,
  SYMBOLS,
  type TestLend,
} from "./support/deployLend.ts";
import { quote } from "./support/positions.ts";
import { Random } from "./support/random.ts";

const STEPS = 100;
const BORROWERS = [1, 2, 3];
const LIQUIDATOR = 4;
const random = new Random(41);
/** A time after any at which this can run: with it and one second a block, every run is the same. */
const START = 4_000_000_000n;

let chain: TestChain;
let deployment: TestLend;
let now = START;
/** As each pool wrote itself last. */
const markets = new Map<MarketSymbol, LendMarket>();
const quotes = new Map<MarketSymbol, PriceQuote>();
/** What the oracle says of a price that is of no use. */
const lastPrices = new Map<MarketSymbol, bigint>();
const seen = { capacity: 0, refused: new Set<string>(), plans: 0, liquidations: 0, strikes: 0, prices: 0, crashes: 0 };

before(async () => {
  chain = await startChain();
  deployment = await deployLend(chain);
  await chain.client.setBlockTimestampInterval({ interval: 1 });
  await mineAt(START);
  for (const symbol of SYMBOLS) {
    quotes.set(symbol, quote(MARKETS[symbol].price * WAD));
    const assets = unitsOf(symbol, 200_000n * WAD);
    await nextBlock();
    await waitFor(await supplyAsset(chain.wallet(0), { pool: poolOf(symbol), assets }));
    await resync(symbol);
  }
});

after(() => chain.stop());

const poolOf = (symbol: MarketSymbol) => deployment.lend.pools[symbol].address;
const idOf = (symbol: MarketSymbol) => deployment.lend.pools[symbol].id;
const controller = () => deployment.lend.controller;
const waitFor = ({ hash }: { hash: `0x${string}` }) => waitForLend(chain.client, { hash, pollingInterval: 10 });

async function mineAt(timestamp: bigint): Promise<void> {
  now = timestamp;
  await chain.client.setNextBlockTimestamp({ timestamp });
  await chain.client.mine({ blocks: 1 });
}

/** The next transaction lands a second later. */
async function nextBlock(): Promise<void> {
  now += 1n;
  await chain.client.setNextBlockTimestamp({ timestamp: now });
}

function quoteOf(symbol: MarketSymbol): PriceQuote {
  const known = quotes.get(symbol);
  if (known === undefined) throw new Error(`There is no quote of ${symbol}.`);
  return known;
}

function parametersOf(symbol: MarketSymbol): PoolParameters {
  const { curve, reserve } = MARKETS[symbol];
  const [baseBps, slope1Bps, slope2Bps, kinkBps] = curve;
  return {
    model: { baseBps, slope1Bps, slope2Bps, kinkBps },
    reserveFactorBps: reserve,
    supplyCap: CAP,
    borrowCap: CAP,
    flashFee: FLASH_FEE,
  };
}

/** A pool at `timestamp`, by the SDK's maths. */
function marketAt(symbol: MarketSymbol, timestamp: bigint): LendMarket {
  const market = markets.get(symbol);
  if (market === undefined) throw new Error(`There is no market of ${symbol}.`);
  return accrueMarket({ market, parameters: parametersOf(symbol), timestamp });
}

function marketOf({ debt: _debt, insurance: _insurance, ...market }: PoolTotals): LendMarket {
  return market;
}

/** Takes over what a pool has just written, where the test does not keep it itself. */
async function resync(symbol: MarketSymbol): Promise<void> {
  markets.set(symbol, marketOf(await getPoolTotals(chain.client, { pool: poolOf(symbol) })));
}

/** A pool after a change of now, kept by the SDK's maths. */
function write(symbol: MarketSymbol, change: MarketChange): void {
  markets.set(symbol, marketAfter(marketAt(symbol, now), change));
}

function unitsOf(symbol: MarketSymbol, value: bigint): bigint {
  return (value * 10n ** BigInt(MARKETS[symbol].decimals)) / (MARKETS[symbol].price * WAD) + 1n;
}

interface Holding extends PoolAccount {
  readonly symbol: MarketSymbol;
}

async function holdingsOf(account: Address): Promise<readonly Holding[]> {
  return Promise.all(
    SYMBOLS.map(async (symbol) => ({
      symbol,
      ...(await getPoolAccount(chain.client, { pool: poolOf(symbol), account })),
    })),
  );
}

/** Positions at `timestamp`, from shares and the SDK's maths alone. */
function positionsAt(holdings: readonly Holding[], timestamp: bigint): readonly LendPosition[] {
  return holdings.map(({ symbol, supplyShares, debtShares, isCollateral }) => {
    const market = marketAt(symbol, timestamp);
    const { decimals, factors } = MARKETS[symbol];
    const [collateralFactorBps, thresholdBps] = factors;
    return {
      id: idOf(symbol),
      decimals,
      collateralFactorBps,
      thresholdBps,
      closeFactorBps: CLOSE_FACTOR,
      isolated: symbol === "ISO",
      isolationDebt: symbol === "USDC",
      supplied: toAssetsDown(market, supplyShares),
      isCollateral,
      debt: debtOfSharesUp(market, debtShares),
      quote: quoteOf(symbol),
      lastPrice: quoteOf(symbol).quality >= PriceQuality.Pending ? 0n : (lastPrices.get(symbol) ?? 0n),
    };
  });
}

// -------------------------------------------------------------------------------------------------------------- checks

async function checkMarkets(): Promise<void> {
  const { timestamp } = await chain.client.getBlock();
  for (const symbol of SYMBOLS) {
    const expected = marketAt(symbol, timestamp);
    const pool = poolOf(symbol);
    assert.deepEqual(marketOf(await getPoolTotals(chain.client, { pool })), expected, symbol);
    assert.deepEqual(await getPoolRates(chain.client, { pool }), {
      borrowRate: borrowRateOf(expected, parametersOf(symbol).model),
      supplyRate: supplyRateOf(expected, parametersOf(symbol)),
    });
  }
}

async function checkAccount(account: Address): Promise<void> {
  const { timestamp } = await chain.client.getBlock();
  const holdings = await holdingsOf(account);
  const positions = positionsAt(holdings, timestamp);
  const read = await getPositions(chain.client, { controller: controller(), account, ids: [0, 1, 2, 3, 4] });
  assert.deepEqual(
    read.map(({ pool: _pool, asset: _asset, quote: { updatedAt: _updatedAt, ...quote }, ...rest }) => ({
      ...rest,
      quote,
    })),
    positions.map(({ quote: { updatedAt: _updatedAt, ...quote }, ...rest }) => ({ ...rest, quote })),
  );
  assert.deepEqual(
    await getAccountHealth(chain.client, { controller: controller(), account }),
    accountHealth(positions),
  );
  for (const symbol of SYMBOLS) {
    const id = idOf(symbol);
    assert.equal(
      await chain.client.readContract({
        address: controller(),
        abi: lendControllerAbi,
        functionName: "withdrawable",
        args: [BigInt(id), account],
      }),
      withdrawable(positions, id),
      `withdrawable of ${symbol}`,
    );
    const most = maxWithdraw({ positions, id, market: marketAt(symbol, timestamp) });
    assert.equal(holdings[id]?.maxWithdraw, most, `maxWithdraw of ${symbol}`);
  }
  await checkCapacity(account, holdings, positions, timestamp);
  await checkPlan(account, positions, timestamp);
}

const BOUNDS = ["Undercollateralised", "InsufficientCash", "BorrowCapExceeded", "PriceNotFresh", "IsolationBroken"];

/** The capacity can be borrowed, and no more. */
async function checkCapacity(
  account: Address,
  holdings: readonly Holding[],
  positions: readonly LendPosition[],
  timestamp: bigint,
): Promise<void> {
  const holding = random.pick(holdings);
  const { symbol, debtShares } = holding;
  const market = marketAt(symbol, timestamp);
  const capacity = borrowCapacity({ positions, id: idOf(symbol), market, debtShares, borrowCap: CAP });
  if (capacity > 0n) {
    assert.equal(await refusalOfBorrow(account, symbol, capacity), undefined, `${capacity} ${symbol}`);
    ++seen.capacity;
  }
  // Collateral in the same pool may gain a unit by the loan's own rounding.
  const beyond = holding.isCollateral ? 3n : 1n;
  const refusal = await refusalOfBorrow(account, symbol, capacity + beyond);
  assert.ok(refusal !== undefined && BOUNDS.includes(refusal), `${capacity} and more ${symbol}: ${refusal}`);
  seen.refused.add(refusal);
}

async function refusalOfBorrow(account: Address, symbol: MarketSymbol, assets: bigint): Promise<string | undefined> {
  try {
    await chain.client.simulateContract({
      account,
      address: poolOf(symbol),
      abi: uTokenAbi,
      functionName: "borrow",
      args: [assets, account, account],
    });
    return undefined;
  } catch (error) {
    return decodeContractError(error)?.name ?? String(error);
  }
}

/** What the controller would do, or the name of the error that it would end with. */
async function checkPlan(account: Address, positions: readonly LendPosition[], timestamp: bigint): Promise<void> {
  const withDebt = positions.filter(({ debt }) => debt > 0n);
  const held = positions.filter(({ supplied, isCollateral }) => isCollateral && supplied > 0n);
  const debt = random.chance(90) && withDebt.length > 0 ? random.pick(withDebt) : random.pick(positions);
  const collateral = random.chance(90) && held.length > 0 ? random.pick(held) : random.pick(positions);
  // All, some, or all but what would be left as dust.
  const dust = (5n * WAD * 10n ** BigInt(debt.decimals)) / (debt.quote.low + 1n);
  const maxRepay = random.pick([
    UNLIMITED,
    random.between(0n, debt.debt + 1n),
    debt.debt > dust ? debt.debt - dust : 1n,
  ]);
  const order = { debtId: debt.id, collateralId: collateral.id, maxRepay };
  const { plan, refusal } = planLiquidation({ positions, ...order, timestamp });
  try {
    const found = await previewLiquidation(chain.client, { controller: controller(), borrower: account, ...order });
    assert.deepEqual(found, plan, refusal);
    ++seen.plans;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    assert.equal(error.errorName, refusal, error.message);
    seen.refused.add(error.errorName ?? error.message);
  }
}

/** At the price the account is unhealthy; a unit beyond, it is not. */
function checkPrices(positions: readonly LendPosition[]): void {
  for (const { id } of positions) {
    const limit = liquidationPrice(positions, id);
    if (limit === undefined) continue;
    const at = (price: bigint) =>
      liquidationHealth(positions.map((one) => (one.id === id ? { ...one, quote: quote(price) } : one))).health < WAD;
    const { price, side } = limit;
    if (side === "below" || price > 0n) assert.equal(at(side === "below" ? price + 1n : price - 1n), false);
    ++seen.prices;
  }
}

// --------------------------------------------------------------------------------------------------------------- steps

/** What each borrower begins with as collateral; the last one's is isolated. */
const COLLATERAL: readonly (readonly MarketSymbol[])[] = [["WETH", "SBTC"], ["USDC", "WETH", "NIL"], ["ISO"]];

async function open(): Promise<void> {
  for (const [index, symbols] of COLLATERAL.entries()) {
    const wallet = chain.wallet(BORROWERS[index] ?? 0);
    for (const symbol of symbols) {
      await supply(wallet, symbol);
      await nextBlock();
      await waitFor(await setCollateral(wallet, { pool: poolOf(symbol), on: true }));
      await mineAt(now + 1n);
    }
  }
}

async function supply(wallet: TestWallet, symbol = random.pick(SYMBOLS)): Promise<void> {
  const assets = unitsOf(symbol, random.between(1n, 20_000n) * WAD);
  await nextBlock();
  await waitFor(await supplyAsset(wallet, { pool: poolOf(symbol), assets }));
  write(symbol, { kind: "supply", assets });
}

async function switchCollateral(wallet: TestWallet): Promise<void> {
  const symbol = random.pick(SYMBOLS);
  const positions = positionsAt(await holdingsOf(wallet.account.address), now);
  const changed = positions.map((one) => (one.id === idOf(symbol) ? { ...one, isCollateral: true } : one));
  await nextBlock();
  const sending = setCollateral(wallet, { pool: poolOf(symbol), on: true });
  if (keepsIsolation(changed) || positions[idOf(symbol)]?.isCollateral === true) await waitFor(await sending);
  else {
    await assert.rejects(sending, (error) => error instanceof CallError && error.errorName === "IsolationBroken");
    seen.refused.add("IsolationBroken");
  }
}

async function withdraw(wallet: TestWallet): Promise<void> {
  const symbol = random.pick(SYMBOLS);
  const positions = positionsAt(await holdingsOf(wallet.account.address), now);
  const most = maxWithdraw({ positions, id: idOf(symbol), market: marketAt(symbol, now) });
  const assets = (most * random.between(1n, 99n)) / 100n;
  if (assets === 0n) return;
  await nextBlock();
  await waitFor(await withdrawAsset(wallet, { pool: poolOf(symbol), assets }));
  write(symbol, { kind: "withdraw", assets });
}

async function borrow(wallet: TestWallet): Promise<void> {
  // Often USDC, which isolated collateral allows.
  const symbol = random.chance(60) ? "USDC" : random.pick(SYMBOLS);
  const holdings = await holdingsOf(wallet.account.address);
  const debtShares = holdings.find((holding) => holding.symbol === symbol)?.debtShares ?? 0n;
  const positions = positionsAt(holdings, now);
  const market = marketAt(symbol, now);
  const capacity = borrowCapacity({ positions, id: idOf(symbol), market, debtShares, borrowCap: CAP });
  const assets = (capacity * random.pick([20n, 60n, 99n])) / 100n;
  if (assets === 0n) return;
  await nextBlock();
  await waitFor(await borrowAsset(wallet, { pool: poolOf(symbol), assets }));
  write(symbol, { kind: "borrow", assets });
}

async function repay(wallet: TestWallet): Promise<void> {
  const account = wallet.account.address;
  const owing = (await holdingsOf(account)).filter(({ debtShares }) => debtShares > 0n);
  if (owing.length === 0) return;
  const { symbol, debtShares } = random.pick(owing);
  await nextBlock();
  const market = marketAt(symbol, now);
  const whole = debtOfSharesUp(market, debtShares);
  const assets = random.chance(30) ? whole : random.between(1n, whole);
  if (assets < whole && toDebtSharesDown(market, assets) === 0n) return;
  await waitFor(await repayDebt(wallet, { pool: poolOf(symbol), assets, onBehalf: account }));
  if (assets < whole) write(symbol, { kind: "repay", assets });
  else {
    markets.set(symbol, { ...market, cash: market.cash + whole, debtShares: market.debtShares - debtShares });
  }
}

/** A price falls or rises; now and then it is one that lets risk neither grow nor, perhaps, be liquidated. */
async function movePrice(): Promise<void> {
  const symbol = random.pick(SYMBOLS);
  const price = (MARKETS[symbol].price * WAD * random.between(45n, 160n)) / 100n;
  const isCalm = random.chance(70);
  const quality = isCalm
    ? PriceQuality.Fresh
    : random.pick([PriceQuality.Fallback, PriceQuality.Pending, PriceQuality.Pending, PriceQuality.Halted]);
  const high = isCalm ? price + random.pick([0n, 1n]) : (price * 112n) / 100n;
  const liquidatableFrom = random.chance(90) ? 0n : now + 10_000n;
  await show(symbol, {
    low: quality === PriceQuality.Halted ? 0n : price,
    high,
    quality,
    liquidatableFrom,
    updatedAt: now,
  });
  if (isCalm || random.chance(40)) return;
  await setLastPrice(chain, deployment, symbol, price);
  lastPrices.set(symbol, price);
}

/** Every price is fresh again. */
async function calmPrices(): Promise<void> {
  for (const symbol of SYMBOLS) {
    const { high, quality, liquidatableFrom } = quoteOf(symbol);
    if (quality !== PriceQuality.Fresh || liquidatableFrom > now) await show(symbol, quote(high));
  }
}

async function show(symbol: MarketSymbol, quoted: PriceQuote): Promise<void> {
  await nextBlock();
  await setQuote(chain, deployment, symbol, quoted);
  quotes.set(symbol, quoted);
}

/**
 * Moves one price to where the account is just liquidatable, or further: by the SDK's maths, and so says the controller.
 * Prices that the oracle cannot hold are passed over.
 */
async function crash(account: Address): Promise<void> {
  await calmPrices();
  const holdings = await holdingsOf(account);
  // The price is set in the next second and looked at in the one after.
  const positions = positionsAt(holdings, now + 2n);
  const limits = SYMBOLS.flatMap((symbol) => {
    const limit = liquidationPrice(positions, idOf(symbol));
    return limit === undefined || limit.price === 0n || limit.price >> 90n !== 0n ? [] : [{ symbol, ...limit }];
  });
  if (limits.length === 0) return;
  const { symbol, price, side } = random.pick(limits);
  const percent = random.pick(side === "below" ? [100n, 100n, 99n, 90n, 70n] : [100n, 100n, 101n, 110n, 140n]);
  await show(symbol, quote((price * percent) / 100n + (side === "above" && percent !== 100n ? 1n : 0n)));
  await mineAt(now + 1n);
  const { collateral, debt } = await getAccountAssets(chain.client, { controller: controller(), account });
  const [debtId, collateralId] = [debt[0], collateral[0] ?? 0];
  if (debtId === undefined) throw new Error("An account without debt has no price of liquidation.");
  const isBoth = collateral.includes(idOf(symbol)) && debt.includes(idOf(symbol));
  const order = { controller: controller(), borrower: account, debtId, collateralId };
  const name = await previewLiquidation(chain.client, order).then(
    () => undefined,
    (error: unknown) => (error instanceof CallError ? error.errorName : String(error)),
  );
  // Where one asset is both, the price is on the safe side.
  if (!isBoth) assert.notEqual(name, "AccountHealthy", `${symbol} at ${percent} % of ${price}, ${side}`);
  ++seen.crashes;
}

async function pass(): Promise<void> {
  await mineAt(now + random.pick([1n, 60n, 3_600n, 86_400n, 2_592_000n]));
}

/** Liquidates for real, and compares what the event says with what was planned for that very second. */
async function liquidate(borrower: Address): Promise<void> {
  const holdings = await holdingsOf(borrower);
  // The action simulates at the latest block, and what just became possible must be so there already.
  const { timestamp } = await chain.client.getBlock();
  const earlier = positionsAt(holdings, timestamp);
  await nextBlock();
  const positions = positionsAt(holdings, now);
  checkPrices(positions);
  const pairs = positions.flatMap((debt) => positions.map((collateral) => [debt.id, collateral.id] as const));
  const possible = pairs.flatMap(([debtId, collateralId]) => {
    const { plan } = planLiquidation({ positions, debtId, collateralId, timestamp: now });
    const isPossible = planLiquidation({ positions: earlier, debtId, collateralId, timestamp }).plan !== undefined;
    return plan === undefined || !isPossible ? [] : [{ debtId, collateralId, plan }];
  });
  if (possible.length === 0) return;
  const { debtId, collateralId, plan } = random.pick(possible);
  const [debt, collateral] = [holdings[debtId], holdings[collateralId]];
  if (debt === undefined || collateral === undefined) throw new Error("A pool is missing.");

  let market = marketAt(collateral.symbol, now);
  if (debtId === collateralId) {
    const shares =
      plan.repaid >= (positions[debtId]?.debt ?? 0n) ? debt.debtShares : toDebtSharesDown(market, plan.repaid);
    market = { ...market, cash: market.cash + plan.repaid, debtShares: market.debtShares - shares };
  }
  const expected = seizedOf({ plan, market, supplyShares: collateral.supplyShares });
  const asShares = random.chance(30) || expected.assets > market.cash || plan.strikesOff;
  const sent = await liquidateAccount(chain.wallet(LIQUIDATOR), {
    controller: controller(),
    borrower,
    debtId,
    collateralId,
    asShares,
  });
  const { liquidated, badDebt } = await waitFor(sent);
  assert.equal(liquidated[0]?.repaid, plan.repaid);
  assert.equal(liquidated[0]?.protocolAssets, plan.protocolAssets);
  // Debt that is struck off lowers what the borrower's own shares are worth where both are in one pool.
  if (!(plan.strikesOff && debtId === collateralId)) {
    assert.equal(liquidated[0]?.seized, asShares ? expected.shares : expected.assets);
  }
  assert.ok(plan.strikesOff || badDebt.length === 0);
  ++seen.liquidations;
  if (plan.strikesOff) ++seen.strikes;
  for (const { symbol, debtShares } of holdings) {
    const isWritten = symbol === debt.symbol || symbol === collateral.symbol || (plan.strikesOff && debtShares > 0n);
    if (isWritten) await resync(symbol);
  }
}

test("markets, accounts, capacities and liquidations are what the contracts say, over a random run", async () => {
  await open();
  for (let step = 0; step < STEPS; ++step) {
    const wallet = chain.wallet(random.pick(BORROWERS));
    const action = random.pick([
      (wallet: TestWallet) => supply(wallet),
      switchCollateral,
      withdraw,
      borrow,
      borrow,
      borrow,
      repay,
    ]);
    if (random.chance(75)) await calmPrices();
    if (random.chance(70)) await action(wallet);
    if (random.chance(30)) await movePrice();
    if (random.chance(30)) await pass();
    if (random.chance(40)) await crash(wallet.account.address);
    if (random.chance(50)) await liquidate(wallet.account.address);
    await mineAt(now + 1n);
    await checkMarkets();
    await checkAccount(wallet.account.address);
  }
  const names = [...seen.refused].sort();
  assert.ok(seen.capacity > 10, `${seen.capacity} capacities`);
  assert.ok(seen.plans > 8, `${seen.plans} plans`);
  assert.ok(seen.liquidations > 8, `${seen.liquidations} liquidations`);
  assert.ok(seen.prices > 30, `${seen.prices} prices`);
  for (const name of ["Undercollateralised", "PriceNotFresh", "AccountHealthy", "IsolationBroken"]) {
    assert.ok(names.includes(name), `${name} is not among ${names.join(", ")}`);
  }
});
