import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import { lendControllerAbi, uTokenAbi } from "@cxmpute/sdk";
import { parseEventLogs, type Address, type Hex } from "viem";

import { approver } from "../src/bots/approver/approver.ts";
import { pass } from "../src/engine/pass.ts";
import { worthOf } from "../src/engine/price/worthOf.ts";
import { currentFees, estimateGas } from "../src/engine/send/quoteCost.ts";
import { track } from "../src/engine/send/track.ts";
import { totals } from "../src/engine/store/bookings.ts";
import { FULL, type Bot } from "../src/engine/types.ts";
import { startChain, testAccount, type TestChain } from "./support/anvil.ts";
import { balanceOf } from "./support/deployDex.ts";
import {
  addPool,
  borrow,
  borrowers,
  deployLend,
  FALLBACK,
  fund,
  governor,
  HALTED,
  openPosition,
  PENDING,
  send,
  setPrice,
  setQuote,
  supply,
  USD,
  USDC,
  WETH,
  type Lend,
  type TestPool,
} from "./support/deployLend.ts";
import { liquidatorBench, type LiquidatorBench, type LiquidatorBenchOptions } from "./support/liquidatorBench.ts";
import { mined } from "./support/mined.ts";
import { closeBooks } from "./support/testContext.ts";

const [alice, bob, carol] = borrowers;
const signer = testAccount(5);

describe("liquidator", () => {
  let chain: TestChain;
  let lend: Lend;
  let start: Hex | undefined;

  before(async () => {
    chain = await startChain();
    lend = await deployLend(chain);
  });

  after(() => chain.stop());

  afterEach(closeBooks);

  beforeEach(async () => {
    if (start !== undefined) await chain.client.revert({ id: start });
    start = await chain.client.snapshot();
  });

  const bench = (options?: LiquidatorBenchOptions): Promise<LiquidatorBench> => liquidatorBench(chain, lend, options);

  /** 10 WETH at 3,000 USD behind 20,000 USDC: health 1.2, and 1 at 2,500 USD. */
  const openWeth = (who = alice): Promise<void> =>
    openPosition(chain, who, [lend.weth, 10n * WETH], [lend.usdc, 20_000n * USDC]);

  const give = (pool: TestPool, amount: bigint, approved = true): Promise<void> =>
    fund(chain, pool, signer, amount, approved);

  const debtOf = (pool: TestPool, who: Address): Promise<bigint> =>
    chain.client.readContract({ address: pool.pool, abi: uTokenAbi, functionName: "debtOf", args: [who] });

  async function healthOf(who: Address): Promise<bigint> {
    const { health } = await chain.client.readContract({
      address: lend.controller,
      abi: lendControllerAbi,
      functionName: "healthOf",
      args: [who],
    });
    return health;
  }

  async function liquidations() {
    const logs = await chain.client.getLogs({ address: lend.controller, fromBlock: 0n });
    return parseEventLogs({ abi: lendControllerAbi, eventName: "Liquidated", logs }).map((log) => ({
      ...log.args,
      blockNumber: log.blockNumber,
    }));
  }

  async function holdings(who: Address = signer.address) {
    const tokens = [lend.usdc, lend.weth, lend.wpeaq].map(({ asset }) => balanceOf(chain, asset, who));
    const [usdc = 0n, weth = 0n, wpeaq = 0n] = await Promise.all(tokens);
    return { usdc, weth, wpeaq, coin: await chain.client.getBalance({ address: who }) };
  }

  test("LIQ-01 the price falls: liquidated in the next block, and the books are the balances, to the unit and the wei", async () => {
    await openWeth();
    await give(lend.usdc, 100_000n * USDC);
    const b = await bench();
    assert.equal(await b.round(), false, "healthy");
    const before = await holdings();
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    const fallen = await chain.client.getBlockNumber();
    assert.ok((await healthOf(alice.address)) < USD);
    assert.equal(await b.round(), true);

    const [found, ...more] = await liquidations();
    assert.ok(found);
    assert.deepEqual(more, []);
    assert.equal(found.blockNumber, fallen + 1n);
    assert.deepEqual([found.borrower, found.liquidator], [alice.address, signer.address]);
    const now = await holdings();
    assert.equal(before.usdc - now.usdc, found.repaid);
    assert.equal(now.weth - before.weth, found.seized);
    // At health 0.96 the close factor is the bound: half of the debt, up to a unit of rounding and a second of interest.
    assert.ok(found.repaid >= 10_000n * USDC && found.repaid < 10_001n * USDC, `${found.repaid} repaid`);
    assert.ok(found.seized * 2_400n > (found.repaid * WETH) / USDC, "worth more than was paid");
    assert.ok((await healthOf(alice.address)) > USD);

    const books = await totals(b.context.store.db(), b.context.scope);
    const bookedOf = ({ asset }: TestPool): bigint => books.tokens.find(({ token }) => token === asset)?.amount ?? 0n;
    assert.equal(bookedOf(lend.usdc), now.usdc - before.usdc);
    assert.equal(bookedOf(lend.weth), now.weth - before.weth);
    assert.equal(books.gasCost, before.coin - now.coin);
    assert.deepEqual([books.transactions, books.reverted], [1, 0]);
    assert.equal(await b.round(), false, "nothing is left to do");
  });

  test("LIQ-02 gains to another recipient are booked with what the signer paid", async () => {
    await openWeth();
    await give(lend.usdc, 100_000n * USDC);
    const cold = testAccount(8).address;
    const b = await bench({ recipient: cold });
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    const [before, coldBefore] = [await holdings(), await holdings(cold)];
    assert.equal(await b.round(), true);
    const [now, coldNow] = [await holdings(), await holdings(cold)];
    const books = await totals(b.context.store.db(), b.context.scope);
    const bookedOf = ({ asset }: TestPool): bigint => books.tokens.find(({ token }) => token === asset)?.amount ?? 0n;
    assert.ok(coldNow.weth > coldBefore.weth && now.weth === before.weth);
    assert.deepEqual(
      [bookedOf(lend.weth), bookedOf(lend.usdc)],
      [coldNow.weth - coldBefore.weth, now.usdc - before.usdc],
    );
  });

  test("LIQ-03 a healthy account is never touched: health exactly 1 is healthy, one cent of price below is not", async () => {
    await openWeth(bob);
    await give(lend.usdc, 100_000n * USDC);
    const b = await bench();
    await b.round();
    const debt = await debtOf(lend.usdc, bob.address);
    // The price at which 10 WETH × 80 % are the debt, and a little for the interest of the coming seconds.
    const edge = (debt * USD) / (8n * USDC) + 10n ** 13n;
    await setPrice(chain, lend, lend.weth, edge);
    assert.equal(await b.round(), false);
    assert.deepEqual(b.bot.find(), []);
    assert.ok((await healthOf(bob.address)) >= USD);
    await setPrice(chain, lend, lend.weth, edge - USD / 100n);
    assert.equal(await b.round(), true);
    assert.deepEqual(
      (await liquidations()).map(({ borrower }) => borrower),
      [bob.address],
    );
  });

  test("LIQ-04 before the grace has passed it waits, and says so; the first second after, it sends", async () => {
    await openWeth();
    await give(lend.usdc, 100_000n * USDC);
    const b = await bench();
    await b.look();
    const { timestamp } = await chain.client.getBlock();
    const from = timestamp + 900n;
    await setQuote(chain, lend, lend.weth, { low: 2_400n * USD, high: 2_400n * USD, quality: 3, from });
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { grace: 1 });
    await mineAt(from - 1n);
    assert.equal(await b.round(), false);
    await mineAt(from);
    assert.equal(await b.round(), true);
    assert.equal((await liquidations()).length, 1);
  });

  test("LIQ-05 while a jump is pending: ill at one price waits, ill at both is liquidated", async () => {
    await openWeth();
    await give(lend.usdc, 100_000n * USDC);
    const b = await bench();
    await b.look();
    await setQuote(chain, lend, lend.weth, { low: 2_400n * USD, high: 3_000n * USD, quality: PENDING });
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { healthy_at_one_price: 1 });
    await setQuote(chain, lend, lend.weth, { low: 2_390n * USD, high: 2_400n * USD, quality: PENDING });
    assert.equal(await b.round(), true);
  });

  test("LIQ-06 on a halted or a fallback price nothing is liquidated", async () => {
    await openWeth();
    await give(lend.usdc, 100_000n * USDC);
    const b = await bench();
    await b.look();
    await setQuote(chain, lend, lend.weth, { low: 0n, high: 2n ** 95n, quality: HALTED });
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { price_unusable: 1 });
    await setQuote(chain, lend, lend.weth, { low: 2_000n * USD, high: 2_000n * USD, quality: FALLBACK });
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { price_unusable: 1 });
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    assert.equal(await b.round(), true, "and at once when the price is back");
  });

  test("LIQ-07 after a pause of a pool it waits for the pool's own grace", async () => {
    await openWeth();
    await give(lend.usdc, 100_000n * USDC);
    const b = await bench();
    await b.look();
    await send(chain, { address: lend.usdc.pool, abi: uTokenAbi, functionName: "pause", args: [3600n] });
    const until = await chain.client.readContract({
      address: lend.usdc.pool,
      abi: uTokenAbi,
      functionName: "pausedUntil",
    });
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    await mineAt(until + 899n);
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { grace: 1 });
    await mineAt(until + 900n);
    assert.equal(await b.round(), true);
  });

  test("LIQ-08 of several debts and collaterals it takes the pair that earns most", async () => {
    // The bonus on WPEAQ is the highest, but there is little of it; the WETH debt is larger than the USDC debt.
    await supply(chain, lend.wpeaq, governor, 10n ** 6n * WETH);
    await openPosition(chain, carol, [lend.wpeaq, 40n * WETH], [lend.usdc, 1n * USDC]);
    await supply(chain, lend.usdc, carol, 30_000n * USDC);
    await send(chain, { address: lend.usdc.pool, abi: uTokenAbi, functionName: "setCollateral", args: [true] }, carol);
    await borrow(chain, carol, [lend.weth, 8n * WETH]);
    await give(lend.usdc, 100_000n * USDC);
    await give(lend.weth, 100n * WETH);
    await setPrice(chain, lend, lend.weth, 3_350n * USD);
    const b = await bench();
    await b.look();
    const [candidate] = b.bot.find();
    assert.ok(candidate);
    const quote = await b.bot.quote(candidate.payload);
    assert.ok(quote);
    const worths = new Map<string, bigint>();
    for (const debtId of [lend.usdc.id, lend.weth.id]) {
      for (const collateralId of [lend.usdc.id, lend.wpeaq.id]) {
        const payload = { borrower: carol.address, debtId: String(debtId), collateralId: String(collateralId) };
        const other = await b.bot.quote(payload);
        if (other === undefined) continue;
        const worth = worthOf(b.bot.prices ?? b.context.prices, other);
        assert.ok("coin" in worth);
        worths.set(`${debtId}:${collateralId}`, worth.coin);
      }
    }
    const best = [...worths].sort((x, y) => (y[1] > x[1] ? 1 : -1))[0]?.[0];
    assert.equal([quote.payload.debtId, quote.payload.collateralId].join(":"), best);
    assert.equal(best, `${lend.weth.id}:${lend.usdc.id}`);
    assert.ok(worths.size >= 2, `${worths.size} pairs`);
    assert.equal(await b.round(), true);
    const [found] = await liquidations();
    assert.deepEqual([found?.debtId, found?.collateralId], [BigInt(lend.weth.id), BigInt(lend.usdc.id)]);
  });

  test("LIQ-09 with less capital than the debt it repays what it has; without any it says so", async () => {
    await openWeth();
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    const b = await bench();
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { no_capital: 1 });
    await give(lend.usdc, 1_234n * USDC);
    assert.equal(await b.round(), true);
    const [found] = await liquidations();
    assert.equal(found?.repaid, 1_234n * USDC);
    assert.equal((await holdings()).usdc, 0n);
  });

  test("LIQ-10 capital that would leave dust repays as much less as must be left", async () => {
    await openPosition(chain, alice, [lend.weth, WETH / 10n], [lend.usdc, 200n * USDC]);
    // At 2,000 USD health is 0.8: all may be repaid; 195 of 200 would leave 5 USD.
    await setPrice(chain, lend, lend.weth, 2_200n * USD);
    await give(lend.usdc, 195n * USDC);
    const b = await bench();
    assert.equal(await b.round(), true);
    const left = await debtOf(lend.usdc, alice.address);
    assert.ok(left >= 10n * USDC && left < 1001n * 10n ** 4n, `${left} left`);
  });

  test("LIQ-11 sent when worth more than gas and margin, not at it", async () => {
    await openWeth();
    await give(lend.usdc, 100_000n * USDC);
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    const probe = await bench();
    await probe.look();
    const [candidate] = probe.bot.find();
    assert.ok(candidate);
    const quote = await probe.bot.quote(candidate.payload);
    const fees = await currentFees(probe.context);
    assert.ok(quote && fees);
    const cost = (await estimateGas(probe.context, quote.call(FULL))) * fees.maxFee;
    const worth = worthOf(probe.bot.prices ?? probe.context.prices, quote);
    assert.ok("coin" in worth);
    // Percent of the gas, in hundredths, that makes gas and margin just what it is worth.
    const margin = Number((worth.coin * 10_000n) / cost - 10_000n) / 100;
    const poor = await bench({ policy: { marginPercent: margin * 1.001 } });
    assert.equal(await poor.round(), false);
    assert.deepEqual(poor.skipped(), { unprofitable: 1 });
    const rich = await bench({ policy: { marginPercent: margin * 0.999 } });
    assert.equal(await rich.round(), true);
  });

  test("LIQ-12 without a price of the coin it passes; a fixed price of one asset stands in for it, exactly", async () => {
    await openWeth();
    await give(lend.usdc, 100_000n * USDC);
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    const none = lend.controller;
    const blind = await bench({ coin: none });
    assert.equal(await blind.round(), false);
    assert.deepEqual(blind.skipped(), { price_missing: 1 });
    const fixed = new Map([[lend.usdc.asset.toLowerCase(), { coin: 4n * WETH, decimals: 6 }]]);
    const anchored = await bench({ coin: none, fixed });
    await anchored.look();
    const { prices } = anchored.bot;
    assert.ok(prices);
    assert.equal(prices.worth({ token: lend.usdc.asset, amount: 3n }, []), 12n * 10n ** 12n);
    assert.equal(prices.worth({ token: lend.weth.asset, amount: 7n }, []), 7n * 9_600n);
    assert.equal(prices.cost({ token: lend.weth.asset, amount: 7n }), 7n * 9_600n);
    assert.equal(await anchored.round(), true);
  });

  test("LIQ-13 while a price is pending, gains count at the low and costs at the high", async () => {
    const b = await bench();
    await setQuote(chain, lend, lend.weth, { low: 2_000n * USD, high: 3_000n * USD, quality: PENDING });
    await b.look();
    const { prices } = b.bot;
    assert.equal(prices?.worth({ token: lend.weth.asset, amount: WETH }, []), 8_000n * WETH);
    assert.equal(prices?.cost({ token: lend.weth.asset, amount: WETH }), 12_000n * WETH);
  });

  test("LIQ-14 a competitor's liquidation in between: the call reverts rather than bring less than it must", async () => {
    await openWeth();
    await give(lend.usdc, 100_000n * USDC);
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    const b = await bench();
    await b.look();
    const [candidate] = b.bot.find();
    const quote = candidate && (await b.bot.quote(candidate.payload));
    assert.ok(quote);
    // Another repays nearly all that may be repaid.
    const order = {
      borrower: alice.address,
      debtId: BigInt(lend.usdc.id),
      collateralId: BigInt(lend.weth.id),
      maxRepay: 4_000n * USDC,
      minSeized: 0n,
      receiver: bob.address,
      asShares: false,
      data: "0x",
    };
    await send(
      chain,
      { address: lend.controller, abi: lendControllerAbi, functionName: "liquidate", args: [order] },
      bob,
    );
    await assert.rejects(estimateGas(b.context, quote.call(FULL)), /SeizedTooLittle|revert/);
    const half = quote.call({ numerator: 1n, denominator: 1_000_000n });
    await assert.rejects(estimateGas(b.context, half), /revert/, "even a small floor covers what may be repaid");
    assert.ok((await b.bot.quote(candidate.payload)) !== undefined, "what is left is planned anew");
  });

  test("LIQ-15 who repaid or left is forgotten; who borrows later is found; a sweep finds what no event tells", async () => {
    const b = await bench();
    await openWeth(alice);
    await b.look();
    assert.deepEqual(
      [...b.view.all()].map(({ account }) => account),
      [alice.address],
    );
    await send(
      chain,
      { address: lend.usdc.pool, abi: uTokenAbi, functionName: "repay", args: [10n ** 12n, alice.address] },
      alice,
    );
    await b.look();
    assert.equal(b.view.size(), 0);
    await openWeth(bob);
    await b.look();
    assert.deepEqual(
      [...b.view.all()].map(({ account }) => account),
      [bob.address],
    );
    // Supplying is no event of interest: the sweep sees it.
    const before = b.view.get(bob.address)?.health ?? 0n;
    await supply(chain, lend.weth, bob, 10n * WETH);
    await b.look();
    assert.equal(b.view.get(bob.address)?.health, before);
    b.clock.pass(60_001);
    await b.look();
    assert.ok((b.view.get(bob.address)?.health ?? 0n) > before);
  });

  test("LIQ-16 a market that is listed later is watched from its first loan on", async () => {
    const b = await bench();
    await b.look();
    assert.equal(b.view.markets().length, 3);
    const other = await addPool(chain, lend, "DAI", 6, USD, [8_500n, 8_800n, 5_000n]);
    await supply(chain, other, governor, 100_000n * USDC);
    await openPosition(chain, alice, [lend.weth, 10n * WETH], [other, 1_000n * USDC]);
    await b.look();
    assert.equal(b.view.markets().length, 4);
    await b.look();
    assert.deepEqual(
      [...b.view.all()].map(({ account }) => account),
      [alice.address],
    );
  });

  test("LIQ-17 a reorganisation that undoes a repayment brings the account back", async () => {
    await openWeth();
    const b = await bench();
    await b.look();
    const snapshot = await chain.client.snapshot();
    await send(
      chain,
      { address: lend.usdc.pool, abi: uTokenAbi, functionName: "repay", args: [10n ** 12n, alice.address] },
      alice,
    );
    await b.look();
    assert.equal(b.view.size(), 0);
    await chain.client.revert({ id: snapshot });
    await chain.client.mine({ blocks: 2, interval: 7 });
    await b.look();
    assert.equal(b.view.size(), 1);
  });

  test("LIQ-18 the approver lets each pool take what the signer holds, once, within its budget", async () => {
    await give(lend.usdc, 5n * USDC, false);
    const b = await bench();
    const bot = (dailyBudget: bigint): Bot =>
      approver({ access: b.context.access, signer: signer.address, view: b.view, dailyBudget, periodMs: 60_000 });
    const run = async (which: Bot): Promise<boolean> => {
      await b.look();
      const context = { ...b.context, bots: new Map([[which.name, which]]) };
      const sent = await pass(context, which, b.skips);
      await mined(chain);
      await track(context, { nonceTaken: new Map() });
      return sent;
    };
    assert.equal(await run(bot(1n)), false, "the budget is short");
    const rich = bot(10n ** 18n);
    assert.equal(await run(rich), true);
    assert.equal(await run(rich), false);
    await openWeth();
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    await give(lend.usdc, 5_000n * USDC, false);
    assert.equal(await b.round(), true, "and the liquidator can repay");
    assert.equal(await run(rich), true, "what was seized can be repaid with too");
    assert.equal(await run(rich), false);
  });

  async function mineAt(timestamp: bigint): Promise<void> {
    await chain.client.setNextBlockTimestamp({ timestamp });
    await chain.client.mine({ blocks: 1 });
  }
});
