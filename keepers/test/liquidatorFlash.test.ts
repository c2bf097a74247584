import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import { demoTokenAbi, flashLiquidatorAbi, lendControllerAbi, orderNftAbi, uTokenAbi } from "@cxmpute/sdk";
import { parseEventLogs, type Address, type Hex } from "viem";

import { pass } from "../src/engine/pass.ts";
import { worthOf } from "../src/engine/price/worthOf.ts";
import { currentFees, estimateGas } from "../src/engine/send/quoteCost.ts";
import { track } from "../src/engine/send/track.ts";
import { totals } from "../src/engine/store/bookings.ts";
import { NEARLY_FULL, type Quote } from "../src/engine/types.ts";
import { startChain, testAccount, type TestChain } from "./support/anvil.ts";
import { balanceOf, makers } from "./support/deployDex.ts";
import { approveBook, cancelBid, deployFlash, placeBid, type FlashVenue } from "./support/deployFlash.ts";
import {
  borrow,
  borrowers,
  deployLend,
  fund,
  openPosition,
  send,
  setPrice,
  supply,
  USD,
  USDC,
  WETH,
  type Lend,
} from "./support/deployLend.ts";
import { liquidatorBench, type LiquidatorBench, type LiquidatorBenchOptions } from "./support/liquidatorBench.ts";
import { closeBooks } from "./support/testContext.ts";

const [, bob, carol] = borrowers;
const signer = testAccount(5);

describe("liquidator through FlashLiquidator", () => {
  let chain: TestChain;
  let lend: Lend;
  let venue: FlashVenue;
  let start: Hex | undefined;

  before(async () => {
    chain = await startChain();
    lend = await deployLend(chain);
    venue = await deployFlash(chain, lend);
  });

  after(() => chain.stop());

  afterEach(closeBooks);

  beforeEach(async () => {
    if (start !== undefined) await chain.client.revert({ id: start });
    start = await chain.client.snapshot();
    await chain.client.setAutomine(true);
  });

  const bench = (options: LiquidatorBenchOptions = {}): Promise<LiquidatorBench> =>
    liquidatorBench(chain, lend, { venue, ...options });

  /** 10 WETH at 3,000 USD behind 20,000 USDC: at 2,400 half of it may be repaid, for 4.326 WETH. */
  async function openIll(): Promise<void> {
    await openPosition(chain, carol, [lend.weth, 10n * WETH], [lend.usdc, 20_000n * USDC]);
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
  }

  /** A bid of USDC for WETH, at whole USDC a WETH. */
  const bid = (price: bigint, usdc = 100_000n): Promise<bigint> =>
    placeBid(chain, venue, { pay: lend.usdc.asset, want: lend.weth.asset, units: usdc * USDC, price: price * USDC });

  interface Holdings {
    readonly tokens: ReadonlyMap<Address, bigint>;
    readonly coin: bigint;
  }

  /** What an account has of the assets, the uTokens and the coin. */
  async function holdings(who: Address = signer.address): Promise<Holdings> {
    const tokens = [lend.usdc, lend.weth, lend.wpeaq].flatMap(({ asset, pool }) => [asset, pool]);
    const held = await Promise.all(tokens.map(async (token) => [token, await balanceOf(chain, token, who)] as const));
    return { tokens: new Map(held), coin: await chain.client.getBalance({ address: who }) };
  }

  /** The books are the changes of all balances, to the unit and the wei. */
  async function assertBooks(b: LiquidatorBench, before: Holdings): Promise<ReadonlyMap<Address, bigint>> {
    const now = await holdings();
    const books = await totals(b.context.store.db(), b.context.scope);
    const changes = new Map([...now.tokens].map(([token, held]) => [token, held - (before.tokens.get(token) ?? 0n)]));
    const booked = new Map(books.tokens.map(({ token, amount }) => [token, amount]));
    for (const [token, change] of changes) assert.equal(booked.get(token) ?? 0n, change, `units of ${token}`);
    assert.equal(books.gasCost, before.coin - now.coin, "gas");
    for (const [token, held] of (await holdings(venue.flashLiquidator)).tokens) assert.equal(held, 0n, token);
    return changes;
  }

  async function flashed() {
    const logs = await chain.client.getLogs({ address: venue.flashLiquidator, fromBlock: 0n });
    return parseEventLogs({ abi: flashLiquidatorAbi, eventName: "FlashLiquidated", logs }).map((log) => ({
      ...log.args,
      blockNumber: log.blockNumber,
    }));
  }

  async function liquidated() {
    const logs = await chain.client.getLogs({ address: lend.controller, fromBlock: 0n });
    return parseEventLogs({ abi: lendControllerAbi, eventName: "Liquidated", logs }).map(({ args }) => args);
  }

  async function quoteOf(b: LiquidatorBench): Promise<Quote> {
    await b.look();
    const [candidate] = b.bot.find();
    const quote = candidate && (await b.bot.quote(candidate.payload));
    assert.ok(quote);
    return quote;
  }

  const debtOf = (who: Address): Promise<bigint> =>
    chain.client.readContract({ address: lend.usdc.pool, abi: uTokenAbi, functionName: "debtOf", args: [who] });

  test("LIQ-19 without capital, with a bid: liquidated in the next block, and the books are the balances", async () => {
    await openPosition(chain, carol, [lend.weth, 10n * WETH], [lend.usdc, 20_000n * USDC]);
    await bid(2_400n);
    const b = await bench();
    assert.equal(await b.round(), false, "healthy");
    const before = await holdings();
    const owed = await debtOf(carol.address);
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    const fallen = await chain.client.getBlockNumber();
    assert.equal(await b.round(), true);

    const [found, ...more] = await flashed();
    assert.ok(found);
    assert.deepEqual(more, []);
    assert.equal(found.blockNumber, fallen + 1n);
    assert.deepEqual([found.caller, found.recipient, found.own], [signer.address, signer.address, 0n]);
    assert.ok(found.repaid >= 10_000n * USDC && found.repaid < 10_001n * USDC, `${found.repaid} repaid`);
    assert.ok(owed - (await debtOf(carol.address)) > 9_999n * USDC);
    const changes = await assertBooks(b, before);
    const profit = changes.get(found.profitToken);
    assert.equal(profit, found.profit);
    // 60 % of the bonus, 383 USD, less 6 bps of what is bought.
    const value = found.profitToken === lend.usdc.asset ? found.profit : (found.profit * 2_400n * USDC) / WETH;
    assert.ok(value > 370n * USDC && value < 383n * USDC, `${value}`);
    assert.equal(await b.round(), false, "nothing is left to do");
  });

  test("LIQ-20 bids too poor are passed over as unprofitable, whatever they lack, and taken once they are not", async () => {
    await openIll();
    const poor = await bid(2_250n);
    const b = await bench();
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { unprofitable: 1 });
    await cancelBid(chain, venue, poor);
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { no_capital: 1 });
    // Pays for the repayment, and not for gas and margin above it.
    await bid(2_330n);
    const quote = await quoteOf(b);
    const fees = await currentFees(b.context);
    const worth = worthOf(b.bot.prices ?? b.context.prices, quote);
    assert.ok(fees && "coin" in worth && worth.coin > 0n);
    const cost = (await estimateGas(b.context, quote.call(NEARLY_FULL))) * fees.maxFee;
    const margin = Number((worth.coin * 10_000n) / cost - 10_000n) / 100;
    const greedy = await bench({ policy: { marginPercent: margin * 1.001 } });
    assert.equal(await greedy.round(), false);
    assert.deepEqual(greedy.skipped(), { unprofitable: 1 });
    const modest = await bench({ policy: { marginPercent: margin * 0.999 } });
    const before = await holdings();
    assert.equal(await modest.round(), true);
    assert.equal((await flashed()).length, 1);
    await assertBooks(modest, before);
  });

  test("LIQ-21 a bid that is gone when the call lands: it reverts, and costs its gas and nothing else", async () => {
    await openIll();
    const id = await bid(2_400n);
    const b = await bench();
    const before = await holdings();
    await chain.client.setAutomine(false);
    await b.look();
    assert.equal(await pass(b.context, b.bot, b.skips), true);
    // Its maker is quicker.
    await cancelFirst(id);
    await chain.client.mine({ blocks: 1 });
    await chain.client.setAutomine(true);
    await track(b.context, { nonceTaken: new Map() });
    assert.deepEqual(await flashed(), []);
    const changes = await assertBooks(b, before);
    for (const [token, change] of changes) assert.equal(change, 0n, token);
    const books = await totals(b.context.store.db(), b.context.scope);
    assert.deepEqual([books.transactions, books.reverted], [1, 1]);
  });

  test("LIQ-22 a call that would bring less than its floor reverts; the next best bids stand in above it", async () => {
    await openIll();
    const [best, next] = [await bid(2_400n), await bid(2_390n)];
    const b = await bench();
    const quote = await quoteOf(b);
    const half = quote.call({ numerator: 1n, denominator: 2n });
    assert.ok((await estimateGas(b.context, quote.call(NEARLY_FULL))) > 0n);
    await cancelBid(chain, venue, best);
    assert.ok((await estimateGas(b.context, half)) > 0n, "332 of 377 USDC are left");
    await assert.rejects(estimateGas(b.context, quote.call({ numerator: 95n, denominator: 100n })), /revert/);
    await cancelBid(chain, venue, next);
    await assert.rejects(estimateGas(b.context, half), /revert/);
    await assert.rejects(estimateGas(b.context, quote.call({ numerator: 0n, denominator: 1n })), /revert/);
  });

  test("LIQ-23 own capital where it earns more, bids where they do; gas is taken off both", async () => {
    await openIll();
    await bid(2_399n);
    await fund(chain, lend.usdc, signer, 100_000n * USDC, true);
    const b = await bench();
    const own = await quoteOf(b);
    assert.deepEqual([own.payload.way, own.costs?.length], ["own", 1]);
    await bid(2_500n);
    const flash = await quoteOf(b);
    assert.deepEqual([flash.payload.way, flash.costs], ["flash", []]);
    const before = await holdings();
    assert.equal(await b.round(), true);
    const [found] = await flashed();
    assert.ok(found);
    assert.deepEqual(found.profitToken, lend.usdc.asset);
    const changes = await assertBooks(b, before);
    assert.equal(changes.get(lend.usdc.asset), found.profit);
    assert.ok(found.profit > 800n * USDC, `${found.profit}`);
  });

  test("LIQ-24 capital for a part of what may be repaid: the whole through bids earns more", async () => {
    await openIll();
    await bid(2_395n);
    await fund(chain, lend.usdc, signer, 1_234n * USDC, true);
    const b = await bench();
    const before = await holdings();
    assert.equal(await b.round(), true);
    assert.equal((await flashed()).length, 1);
    assert.ok(((await liquidated())[0]?.repaid ?? 0n) >= 10_000n * USDC);
    const changes = await assertBooks(b, before);
    assert.ok((changes.get(lend.usdc.asset) ?? -1n) >= 0n, "none of it is spent");
  });

  test("LIQ-25 where only the repayment sells well the rest is kept, and counted in what it is", async () => {
    await openIll();
    await bid(2_400n, 10_100n);
    await bid(1_000n);
    const b = await bench({ slippage: 5_000n });
    const before = await holdings();
    assert.equal(await b.round(), true);
    const [found] = await flashed();
    assert.ok(found);
    assert.equal(found.profitToken, lend.weth.asset);
    const changes = await assertBooks(b, before);
    assert.equal(changes.get(lend.weth.asset), found.profit);
    // 4.326 less 10,016 / 2,400; and a thousandth of the repayment was bought for interest.
    assert.ok(found.profit > (14n * WETH) / 100n && found.profit < (16n * WETH) / 100n, `${found.profit}`);
    assert.ok((changes.get(lend.usdc.asset) ?? 0n) >= 9n * USDC);
  });

  test("LIQ-26 over a third token, when nobody bids straight; what is left of each on the way is booked", async () => {
    await openIll();
    // 10 WPEAQ are 2.5 USDC, as the oracle says.
    const [usdc, weth, wpeaq] = [lend.usdc.asset, lend.weth.asset, lend.wpeaq.asset];
    await placeBid(chain, venue, { pay: wpeaq, want: weth, units: 10n ** 6n * WETH, price: 9_601n * WETH });
    await placeBid(chain, venue, { pay: usdc, want: wpeaq, units: 200_001n * USDC, price: 249_999n });
    const b = await bench();
    const quote = await quoteOf(b);
    assert.deepEqual(quote.payload.path, [weth, wpeaq, usdc]);
    const before = await holdings();
    assert.equal(await b.round(), true);
    assert.equal((await flashed()).length, 1);
    const changes = await assertBooks(b, before);
    assert.ok([usdc, weth].some((token) => (changes.get(token) ?? 0n) > 0n));
  });

  test("LIQ-27 debt and collateral of one pool need no bid", async () => {
    await supply(chain, lend.usdc, carol, 10_000n * USDC);
    const on = { abi: uTokenAbi, functionName: "setCollateral", args: [true] } as const;
    await send(chain, { address: lend.usdc.pool, ...on }, carol);
    await openPosition(chain, carol, [lend.weth, 10n * WETH], [lend.usdc, 28_000n * USDC]);
    await setPrice(chain, lend, lend.weth, 2_300n * USD);
    const b = await bench();
    const before = await holdings();
    assert.equal(await b.round(), true);
    const [found] = await liquidated();
    assert.deepEqual([found?.debtId, found?.collateralId], [BigInt(lend.usdc.id), BigInt(lend.usdc.id)]);
    const changes = await assertBooks(b, before);
    assert.equal(changes.get(lend.usdc.asset), (await flashed())[0]?.profit);
    assert.ok((changes.get(lend.usdc.asset) ?? 0n) > 0n);
  });

  test("LIQ-28 what is left goes to the recipient, and is booked as its gain", async () => {
    await openIll();
    await bid(2_400n);
    const cold = testAccount(8).address;
    const b = await bench({ recipient: cold });
    const [before, coldBefore] = [await holdings(), await holdings(cold)];
    assert.equal(await b.round(), true);
    const [now, coldNow] = [await holdings(), await holdings(cold)];
    assert.deepEqual(now.tokens, before.tokens);
    const books = await totals(b.context.store.db(), b.context.scope);
    for (const { token, amount } of books.tokens) {
      assert.equal(amount, (coldNow.tokens.get(token) ?? 0n) - (coldBefore.tokens.get(token) ?? 0n));
    }
    assert.ok(books.tokens.some(({ amount }) => amount > 0n));
  });

  test("LIQ-29 an intent keeps its way, its pair and its path: a restart quotes it anew or takes it back", async () => {
    await openIll();
    const id = await bid(2_400n);
    const b = await bench();
    const { payload } = await quoteOf(b);
    await fund(chain, lend.usdc, signer, 100_000n * USDC, true);
    await bid(2_200n);
    const restarted = await bench();
    await restarted.look();
    const again = await restarted.bot.quote(JSON.parse(JSON.stringify(payload)) as typeof payload);
    assert.deepEqual(again?.payload, payload);
    const own = await restarted.bot.quote({ ...payload, way: "own" });
    assert.equal(own?.payload.way, "own");
    // Only a loss is left of it: what was sent for it is replaced by a cancellation.
    await chain.client.setAutomine(false);
    const flying = await bench({ policy: { replaceAfterMs: 1_000 } });
    await flying.look();
    const forced = { ...flying.bot, quote: () => flying.bot.quote(payload) };
    assert.equal(
      await pass({ ...flying.context, bots: new Map([["liquidator", forced]]) }, forced, flying.skips),
      true,
    );
    await cancelFirst(id);
    const hash = await pooled(signer.address);
    assert.ok(hash);
    await chain.client.dropTransaction({ hash });
    await chain.client.mine({ blocks: 1 });
    await flying.look();
    flying.clock.pass(2_000);
    await track(flying.context, { nonceTaken: new Map() });
    await chain.client.mine({ blocks: 1 });
    await track(flying.context, { nonceTaken: new Map() });
    assert.deepEqual(await flashed(), []);
    const books = await totals(flying.context.store.db(), flying.context.scope);
    assert.deepEqual([books.transactions, books.reverted, books.tokens], [1, 0, []]);
  });

  /** With a fee that puts it before everybody else's. */
  async function cancelFirst(id: bigint): Promise<void> {
    await chain.client.writeContract({
      address: venue.book,
      abi: orderNftAbi,
      functionName: "cancel",
      args: [id],
      account: makers[0],
      gas: 500_000n,
      maxPriorityFeePerGas: 10n ** 11n,
      maxFeePerGas: 10n ** 12n,
    });
  }

  async function pooled(account: Address): Promise<Hex | undefined> {
    const { pending } = await chain.client.getTxpoolContent();
    const found = Object.entries(pending).find(([address]) => address.toLowerCase() === account.toLowerCase());
    return Object.values(found?.[1] ?? {})[0]?.hash;
  }

  describe("where the collateral's pool has no cash", () => {
    /** Bob owes all of the pool's WETH but `left`. */
    async function drain(left: bigint): Promise<void> {
      const cash = await balanceOf(chain, lend.weth.asset, lend.weth.pool);
      await openPosition(chain, bob, [lend.usdc, 60_000_000n * USDC], [lend.weth, 1n]);
      await borrow(chain, bob, [lend.weth, cash - left - 1n]);
    }

    test("LIQ-30 without cash and capital there is nothing; with capital uTokens are seized, and booked to the unit", async () => {
      await openIll();
      await drain(0n);
      const b = await bench();
      assert.equal(await b.round(), false);
      assert.deepEqual(b.skipped(), { no_capital: 1 });
      await fund(chain, lend.usdc, signer, 100_000n * USDC, true);
      const never = await bench({ shareDiscount: 1_000_000n });
      assert.equal(await never.round(), false);
      assert.deepEqual(never.skipped(), { unprofitable: 1 });
      const before = await holdings();
      assert.equal(await b.round(), true);
      const [found] = await liquidated();
      assert.equal(found?.asShares, true);
      const changes = await assertBooks(b, before);
      assert.equal(changes.get(lend.weth.pool), found.seized);
      assert.equal(changes.get(lend.usdc.asset), -found.repaid);
      assert.equal(changes.get(lend.weth.asset), 0n);
    });

    test("LIQ-31 a discount on uTokens counts to the unit", async () => {
      const [exact, discounted] = [await bench(), await bench({ shareDiscount: 20_000n })];
      for (const b of [exact, discounted]) await b.look();
      const token = lend.weth.pool;
      const amount = 10n ** 24n;
      const assets = await chain.client.readContract({
        address: token,
        abi: uTokenAbi,
        functionName: "convertToAssets",
        args: [amount],
      });
      const worth = (b: LiquidatorBench): bigint | undefined => b.bot.prices?.worth({ token, amount }, []);
      assert.equal(worth(exact), assets * 12_000n);
      assert.equal(worth(discounted), ((assets * 98n) / 100n) * 12_000n);
      assert.equal(exact.bot.prices?.cost({ token, amount }), undefined, "nobody pays in them");
    });

    test("LIQ-32 as much as the cash pays out, when that earns more", async () => {
      await openIll();
      await drain(2n * WETH);
      await bid(2_400n);
      const b = await bench();
      const before = await holdings();
      assert.equal(await b.round(), true);
      const [found] = await liquidated();
      assert.equal(found?.asShares, false);
      assert.ok(found.seized <= 2n * WETH && found.seized > (199n * WETH) / 100n, `${found.seized}`);
      await assertBooks(b, before);
    });

    test("LIQ-33 uTokens that somebody bids for are sold as they are", async () => {
      await openIll();
      await drain(0n);
      await approveBook(chain, venue, lend.weth.pool);
      // 1 % below what they stand for: a uToken has 6 decimals more than its asset, and is worth as much.
      await placeBid(chain, venue, {
        pay: lend.usdc.asset,
        want: lend.weth.pool,
        units: 100_000n * USDC,
        price: (2_376n * USDC) / 1_000_000n,
      });
      const b = await bench();
      const before = await holdings();
      assert.equal(await b.round(), true);
      const [found] = await flashed();
      assert.ok(found);
      assert.equal((await liquidated())[0]?.asShares, true);
      const changes = await assertBooks(b, before);
      assert.equal(changes.get(found.profitToken), found.profit);
    });
  });

  test("LIQ-34 the contract is given no allowance, and takes nothing of what the signer has", async () => {
    await openIll();
    await bid(2_500n);
    await fund(chain, lend.usdc, signer, 5_000n * USDC, true);
    const b = await bench();
    const before = await holdings();
    assert.equal(await b.round(), true);
    assert.deepEqual(
      (await flashed()).map(({ own }) => own),
      [0n],
    );
    const changes = await assertBooks(b, before);
    for (const change of changes.values()) assert.ok(change >= 0n);
    for (const { asset } of [lend.usdc, lend.weth, lend.wpeaq]) {
      const args = [signer.address, venue.flashLiquidator] as const;
      const token = { address: asset, abi: demoTokenAbi } as const;
      assert.equal(await chain.client.readContract({ ...token, functionName: "allowance", args }), 0n);
    }
  });
});
