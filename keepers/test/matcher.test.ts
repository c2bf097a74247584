import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import { orderMatcherAbi, orderNftAbi } from "@cxmpute/sdk";
import type { Hex } from "viem";

import { expirer } from "../src/bots/expirer/expirer.ts";
import { crossingsOf } from "../src/bots/matcher/crossingsOf.ts";
import { matcher } from "../src/bots/matcher/matcher.ts";
import { bookPrices } from "../src/dex/bookPrices.ts";
import { bookView, type BookView } from "../src/dex/bookView.ts";
import { bookWatch } from "../src/dex/bookWatch.ts";
import type { Context, SendPolicy } from "../src/engine/context.ts";
import { pass } from "../src/engine/pass.ts";
import { fixedPrices, type Prices } from "../src/engine/price/prices.ts";
import { currentFees, estimateGas } from "../src/engine/send/quoteCost.ts";
import { track } from "../src/engine/send/track.ts";
import { createSkips, type Skips } from "../src/engine/skips.ts";
import { totals } from "../src/engine/store/bookings.ts";
import { FULL, type Bot } from "../src/engine/types.ts";
import type { Watch } from "../src/engine/watch/watch.ts";
import { startChain, testAccount, type TestChain } from "./support/anvil.ts";
import { balanceOf, deployDex, makers, placeCrossing, placeOrder, TAKER_FEE, type Dex } from "./support/deployDex.ts";
import { mined } from "./support/mined.ts";
import { closeBooks, COIN, testClock, testContext, type Clock } from "./support/testContext.ts";

const USDC = 10n ** 6n;
/** 2^7 in the terms' minimum-fill field, and the all-or-none flag. */
const ALL_OR_NONE = 0x7f << 7;

/** A bot over the real contracts. */
interface Bench {
  readonly context: Context;
  readonly bot: Bot;
  readonly view: BookView;
  readonly watch: Watch;
  readonly skips: Skips;
  readonly clock: Clock;
  /** Reads the chain, passes once, books what landed. */
  round(): Promise<boolean>;
}

describe("bots on the order book", () => {
  let chain: TestChain;
  let dex: Dex;
  let start: Hex | undefined;

  before(async () => {
    chain = await startChain();
    dex = await deployDex(chain);
  });

  after(() => chain.stop());

  afterEach(closeBooks);

  beforeEach(async () => {
    if (start !== undefined) await chain.client.revert({ id: start });
    start = await chain.client.snapshot();
  });

  async function bench(
    options: { policy?: Partial<SendPolicy>; prices?: (view: BookView) => Prices; expirerBudget?: bigint } = {},
  ): Promise<Bench> {
    const clock = testClock();
    const view = bookView();
    const base = await testContext(chain, {
      clock,
      prices: (options.prices ?? (() => staticPrices(COIN / 4n)))(view),
      ...(options.policy && { policy: options.policy }),
    });
    const { access, account, recipient } = base;
    const bot =
      options.expirerBudget === undefined
        ? matcher({
            access,
            matcher: dex.matcher,
            signer: account.address,
            recipient,
            view,
            takerFee: () => TAKER_FEE,
            periodMs: 60_000,
          })
        : expirer({
            access,
            book: dex.book,
            signer: account.address,
            view,
            makers: [],
            dailyBudget: options.expirerBudget,
            periodMs: 60_000,
          });
    const context = { ...base, bots: new Map([[bot.name, bot]]) };
    const watch = bookWatch({
      access,
      book: dex.book,
      lens: dex.lens,
      taker: dex.matcher,
      startBlock: 0n,
      maxLogRange: 1000n,
      sweepMs: 60_000,
      indexer: undefined,
      view,
      metrics: context.metrics,
      log: context.log,
      now: clock.now,
    });
    const skips = createSkips(context);
    return {
      context,
      bot,
      view,
      watch,
      skips,
      clock,
      async round() {
        const { number, hash, timestamp } = await chain.client.getBlock();
        await watch.advance({ number, hash, timestamp });
        const sent = await pass(context, bot, skips);
        await mined(chain);
        await track(context, { nonceTaken: new Map() });
        return sent;
      },
    };
  }

  /** Coin for a whole USDC; a WETH is worth 2,000 of them. */
  const staticPrices = (usdc: bigint): Prices =>
    fixedPrices(
      new Map([
        [dex.usdc.toLowerCase(), { coin: usdc, decimals: 6 }],
        [dex.weth.toLowerCase(), { coin: usdc * 2000n, decimals: 18 }],
      ]),
    );

  test("MATCH-01 crossing orders are matched; the books equal the recipient's balances and the gas", async () => {
    await placeCrossing(chain, dex, { ask: 2000n * USDC, bid: 2100n * USDC });
    await placeCrossing(chain, dex, { ask: 1990n * USDC, bid: 2010n * USDC, amount: 3n * COIN });
    const b = await bench();
    const before = await holdings(b.context);
    let sent = 0;
    while (await b.round()) sent += 1;
    assert.ok(sent >= 2, `${sent} matches`);
    const after = await holdings(b.context);
    const booked = await totals(b.context.store.db(), b.context.scope);
    const bookedOf = (token: string): bigint => booked.tokens.find((row) => row.token === token)?.amount ?? 0n;
    assert.equal(bookedOf(dex.weth), after.weth - before.weth);
    assert.equal(bookedOf(dex.usdc), after.usdc - before.usdc);
    assert.ok(after.weth + after.usdc > before.weth + before.usdc, "something was earned");
    assert.equal(booked.gasCost, before.coin - after.coin);
    assert.equal(booked.transactions, sent);
    assert.equal(booked.reverted, 0);
  });

  test("MATCH-02 the estimate of a crossing is what the contract previews, fees, minimum fills and all", async () => {
    await placeCrossing(chain, dex, { ask: 2000n * USDC, bid: 2100n * USDC });
    await placeCrossing(chain, dex, { ask: 1999n * USDC, bid: 2003n * USDC, amount: 7n * COIN + 13n });
    await placeOrder(chain, dex, {
      maker: 0,
      sell: dex.weth,
      buy: dex.usdc,
      amount: 5n * COIN,
      cost: 9_900n * USDC,
      terms: ALL_OR_NONE,
    });
    await placeOrder(chain, dex, {
      maker: 1,
      sell: dex.usdc,
      buy: dex.weth,
      amount: 300n * USDC,
      cost: COIN / 7n,
      terms: 28 << 7,
    });
    const b = await bench();
    await b.round();
    const fresh = await bench();
    const { number, hash, timestamp } = await chain.client.getBlock();
    await fresh.watch.advance({ number, hash, timestamp });
    const [sellers, buyers] = [fresh.view.side(dex.weth, dex.usdc), fresh.view.side(dex.usdc, dex.weth)];
    const estimates = new Map(
      crossingsOf({
        sideA: sellers,
        sideB: buyers,
        takerFee: TAKER_FEE,
        timestamp: fresh.view.time(),
        orderMatcher: dex.matcher,
      }).map((c) => [`${c.a.id}:${c.b.id}`, [c.surplusA, c.surplusB]]),
    );
    let crossing = 0;
    for (const a of sellers) {
      for (const o of buyers) {
        const preview = await chain.client.readContract({
          address: dex.matcher,
          abi: orderMatcherAbi,
          functionName: "previewMatch",
          args: [a.id, o.id],
        });
        const estimate = estimates.get(`${a.id}:${o.id}`);
        assert.deepEqual(estimate ?? [0n, 0n], [preview.surplusA, preview.surplusB]);
        if (preview.takeA > 0n) crossing += 1;
      }
    }
    assert.ok(crossing >= 3, `${crossing} pairs cross`);
  });

  test("MATCH-03 sent just above the gas and its margin, and not at it", async () => {
    await placeCrossing(chain, dex, { ask: 2000n * USDC, bid: 2100n * USDC });
    const probe = await bench();
    await advance(probe);
    const [candidate] = probe.bot.find();
    assert.ok(candidate);
    const quote = await probe.bot.quote(candidate.payload);
    const fees = await currentFees(probe.context);
    assert.ok(quote && fees);
    const gas = await estimateGas(probe.context, quote.call(FULL));
    const needed = (gas * fees.maxFee * 12_000n) / 10_000n + ((gas * fees.maxFee * 12_000n) % 10_000n === 0n ? 0n : 1n);
    const flat = (worth: bigint): Prices => ({
      worth: ({ token }) => (token === quote.gains[0]?.token ? worth : 0n),
      cost: () => undefined,
    });
    const poor = await bench({ prices: () => flat(needed) });
    const hasFirst = (quote.gains[0]?.amount ?? 0n) > 0n;
    assert.ok(hasFirst);
    assert.equal(await poor.round(), false);
    assert.deepEqual(poor.skips.counts("matcher"), { unprofitable: 1 });
    const rich = await bench({ prices: () => flat(needed + 1n) });
    assert.equal(await rich.round(), true);
    assert.equal((await totals(rich.context.store.db(), rich.context.scope)).reverted, 0);
  });

  test("MATCH-04 a missing price: passed over by name and counted once, however often it is seen", async () => {
    await placeCrossing(chain, dex, { ask: 2000n * USDC, bid: 2100n * USDC });
    const b = await bench({
      prices: () => fixedPrices(new Map([[dex.usdc.toLowerCase(), { coin: COIN, decimals: 6 }]])),
    });
    assert.equal(await b.round(), false);
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skips.counts("matcher"), { price_missing: 1 });
    assert.match(
      await b.context.metrics.registry.metrics(),
      /keeper_skipped_total\{bot="matcher",reason="price_missing"\} 1\n/,
    );
  });

  test("MATCH-05 orders that do not cross by more than the fees are left alone", async () => {
    // 6 bps on both sides: 12 bps and a little are needed.
    await placeCrossing(chain, dex, { ask: 200_000n * USDC, bid: 200_240n * USDC });
    const b = await bench();
    assert.equal(await b.round(), false);
    assert.equal(b.bot.find().length, 0);
    await placeCrossing(chain, dex, { ask: 200_000n * USDC, bid: 200_241n * USDC });
    assert.equal(await b.round(), true);
  });

  test("MATCH-06 the floor binds: a match that has shrunk below what pays reverts instead of landing at a loss", async () => {
    const [idA] = await placeCrossing(chain, dex, { ask: 2000n * USDC, bid: 2100n * USDC });
    const b = await bench();
    await chain.client.setAutomine(false);
    await advance(b);
    assert.equal(await pass(b.context, b.bot, b.skips), true);
    // Somebody takes nearly all of it first, at a higher tip.
    await chain.client.setBalance({ address: testAccount(2).address, value: 1000n * COIN });
    await chain.client.writeContract({
      address: dex.book,
      abi: orderNftAbi,
      account: makers[1],
      functionName: "fill",
      args: [idA, COIN - 1000n, 2n ** 200n],
      maxFeePerGas: (100n * COIN) / 10n ** 9n,
      maxPriorityFeePerGas: (50n * COIN) / 10n ** 9n,
      gas: 400_000n,
    });
    const before = await holdings(b.context);
    await chain.client.mine({ blocks: 1 });
    await chain.client.setAutomine(true);
    await track(b.context, { nonceTaken: new Map() });
    const after = await holdings(b.context);
    const booked = await totals(b.context.store.db(), b.context.scope);
    assert.equal(booked.reverted, 1);
    assert.deepEqual(booked.tokens, []);
    assert.equal(before.coin - after.coin, booked.gasCost);
    assert.deepEqual([after.weth, after.usdc], [before.weth, before.usdc]);
  });

  test("MATCH-07 priced by the book: sold into its best orders, without those that are matched", async () => {
    await placeCrossing(chain, dex, { ask: 2000n * USDC, bid: 2100n * USDC });
    const byBook = (view: BookView): Prices =>
      bookPrices({ view, coin: dex.wpeaq, tokens: [dex.wpeaq, dex.weth, dex.usdc], takerFee: () => TAKER_FEE });
    const b = await bench({ prices: byBook });
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skips.counts("matcher"), { price_missing: 1 }, "nobody pays coin for either token");

    // 100 coin for 25 USDC, and a bid for WETH that crosses nothing.
    await placeOrder(chain, dex, { maker: 0, sell: dex.wpeaq, buy: dex.usdc, amount: 100n * COIN, cost: 25n * USDC });
    await placeOrder(chain, dex, { maker: 0, sell: dex.usdc, buy: dex.weth, amount: 1000n * USDC, cost: COIN });
    b.clock.pass(60_001);
    assert.equal(await b.round(), true);
    const prices = byBook(b.view);
    // All that the order sells for 25 USDC, less 6 bps.
    assert.equal(
      prices.worth({ token: dex.usdc, amount: 25n * USDC }, []),
      100n * COIN - (100n * COIN * TAKER_FEE) / 1_000_000n,
    );
    assert.equal(
      prices.worth({ token: dex.usdc, amount: 2500n * USDC }, []),
      100n * COIN - (100n * COIN * TAKER_FEE) / 1_000_000n,
      "what the book does not take is worth nothing",
    );
    const [order] = b.view.side(dex.wpeaq, dex.usdc);
    assert.ok(order);
    assert.equal(prices.worth({ token: dex.usdc, amount: USDC }, [order.id]), undefined);
    assert.equal(prices.worth({ token: dex.wpeaq, amount: 7n }, []), 7n);
    assert.equal(
      prices.worth({ token: dex.matcher, amount: USDC }, []),
      undefined,
      "a token that is not listed has no price",
    );
  });

  test("EXPIRE-01 expired and epoch-dead orders are refunded within the budget, live ones left alone", async () => {
    const { timestamp } = await chain.client.getBlock();
    const common = { sell: dex.weth, buy: dex.usdc, amount: COIN, cost: 2000n * USDC } as const;
    const live = await placeOrder(chain, dex, { ...common, maker: 0 });
    const expired = await placeOrder(chain, dex, { ...common, maker: 0, expiry: Number(timestamp) + 100 });
    const dead = await placeOrder(chain, dex, { ...common, maker: 1 });
    await chain.client.writeContract({
      address: dex.book,
      abi: orderNftAbi,
      account: makers[1],
      functionName: "raiseEpoch",
      args: [((dead >> 32n) & (2n ** 64n - 1n)) + 1n],
    });
    await chain.client.setNextBlockTimestamp({ timestamp: timestamp + 100n });
    await chain.client.mine({ blocks: 1 });

    const broke = await bench({ expirerBudget: 1n });
    assert.equal(await broke.round(), false);
    assert.deepEqual(broke.skips.counts("expirer"), { budget: 1 });

    const before = await balanceOf(chain, dex.weth, makers[0].address);
    const b = await bench({ expirerBudget: COIN });
    assert.equal(await b.round(), true);
    assert.equal((await balanceOf(chain, dex.weth, makers[0].address)) - before, COIN);
    assert.equal(await b.round(), false, "nothing is left");
    assert.deepEqual(
      [...b.view.all()].map(({ id }) => id),
      [live],
    );
    assert.notEqual(expired, dead);
  });

  async function advance(b: Bench): Promise<void> {
    const { number, hash, timestamp } = await chain.client.getBlock();
    await b.watch.advance({ number, hash, timestamp });
  }

  async function holdings({ recipient, account }: Context): Promise<{ weth: bigint; usdc: bigint; coin: bigint }> {
    return {
      weth: await balanceOf(chain, dex.weth, recipient),
      usdc: await balanceOf(chain, dex.usdc, recipient),
      coin: await chain.client.getBalance({ address: account.address }),
    };
  }
});
