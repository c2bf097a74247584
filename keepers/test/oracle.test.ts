import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import {
  BEAT_INTERVAL,
  getBeat,
  ORACLE_GRACE,
  priceFeedReceiverAbi,
  priceFeedSenderAbi,
  type Beat,
} from "@cxmpute/sdk";
import { parseEventLogs, type Hex } from "viem";

import { heartbeat } from "../src/bots/heartbeat/heartbeat.ts";
import { oracle } from "../src/bots/oracle/oracle.ts";
import { chainAccess } from "../src/engine/chain/access.ts";
import type { Context } from "../src/engine/context.ts";
import { createEngine } from "../src/engine/engine.ts";
import { pass as passBot } from "../src/engine/pass.ts";
import { currentFees, estimateGas } from "../src/engine/send/quoteCost.ts";
import { track } from "../src/engine/send/track.ts";
import { createSkips, type Skips } from "../src/engine/skips.ts";
import { totals } from "../src/engine/store/bookings.ts";
import { FULL, type Bot } from "../src/engine/types.ts";
import type { Watch } from "../src/engine/watch/watch.ts";
import { beatWatch, type BeatView } from "../src/oracle/beatWatch.ts";
import { relayWatch } from "../src/oracle/relayWatch.ts";
import type { RelayView } from "../src/oracle/types.ts";
import { startChain, testAccount, type TestChain } from "./support/anvil.ts";
import { deliver, deployRelay, FEE, pass, setAnswer, type Relay } from "./support/deployRelay.ts";
import { until } from "./support/keeperProcess.ts";
import { mined } from "./support/mined.ts";
import { rpcProxy } from "./support/rpcProxy.ts";
import { closeBooks, COIN, testContext } from "./support/testContext.ts";

const signer = testAccount(5).address;
const ETH = 3_000n * 10n ** 8n;
const BTC = 100_000n * 10n ** 8n;

interface Bench {
  readonly context: Context;
  readonly bot: Bot;
  readonly watch: Watch;
  readonly skips: Skips;
  /** Looks, passes once, books what landed. */
  round(): Promise<boolean>;
}

describe("oracle and heartbeat bots", () => {
  let ethereum: TestChain;
  let peaq: TestChain;
  let relay: Relay;
  let starts: readonly [Hex, Hex] | undefined;

  before(async () => {
    ethereum = await startChain();
    peaq = await startChain();
    relay = await deployRelay(ethereum, peaq);
    // Both prices are known and confirmed.
    const b = await bench();
    await pass(relay, 10);
    for (let i = 0; i < 2; i++) {
      await setAnswer(relay, 1, ETH);
      await setAnswer(relay, 2, BTC);
      assert.equal(await b.round(), true);
      await deliver(relay);
      await pass(relay, 61);
    }
  });

  after(async () => {
    await ethereum.stop();
    await peaq.stop();
  });

  afterEach(closeBooks);

  beforeEach(async () => {
    if (starts !== undefined) {
      await ethereum.client.revert({ id: starts[0] });
      await peaq.client.revert({ id: starts[1] });
    }
    starts = [await ethereum.client.snapshot(), await peaq.client.snapshot()];
  });

  async function benchOf(chain: TestChain, bot: (context: Context) => { bot: Bot; watch: Watch }): Promise<Bench> {
    const base = await testContext(chain);
    const { bot: made, watch } = bot(base);
    const context = { ...base, bots: new Map([[made.name, made]]) };
    const skips = createSkips(context);
    return {
      context,
      bot: made,
      watch,
      skips,
      async round() {
        const { number, hash, timestamp } = await chain.client.getBlock();
        await watch.advance({ number, hash, timestamp });
        const sent = await passBot(context, made, skips);
        await mined(chain);
        await track(context, { nonceTaken: new Map() });
        return sent;
      },
    };
  }

  function bench({ budget = COIN, peaqUrl = peaq.url }: { budget?: bigint; peaqUrl?: string } = {}): Promise<Bench> {
    return benchOf(ethereum, ({ access }) => {
      const view: RelayView = { feeds: [], pushes: new Map(), time: 0n };
      const receiverAccess = chainAccess({
        chainId: 31337,
        rpcUrls: [peaqUrl],
        privateRpcUrl: undefined,
        timeoutMs: 2000,
        batchSize: 20,
      });
      const { sender, receiver } = relay;
      return {
        bot: oracle({
          access,
          sender,
          signer,
          view,
          policy: { deviationBps: 50n, interval: 1200n, delivery: 300n },
          dailyBudget: budget,
          periodMs: 1000,
        }),
        watch: relayWatch({ access, sender, receiverAccess, receiver, maxLogRange: 1000n, view }),
      };
    });
  }

  /** Feeds of every push, oldest first. */
  async function pushes(): Promise<number[][]> {
    const logs = await ethereum.client.getLogs({ address: relay.sender, fromBlock: 0n });
    return parseEventLogs({ abi: priceFeedSenderAbi, eventName: "PricesPushed", logs })
      .slice(2)
      .map(({ args }) => args.feedIds.map(Number));
  }

  test("ORACLE-01 a price that moved by 0.5 % is pushed, one that moved by less is not", async () => {
    const b = await bench();
    await setAnswer(relay, 1, (ETH * 10_049n) / 10_000n);
    await setAnswer(relay, 2, (BTC * 9_951n) / 10_000n);
    assert.equal(await b.round(), false);
    await setAnswer(relay, 1, (ETH * 10_050n) / 10_000n);
    assert.equal(await b.round(), true);
    assert.deepEqual(await pushes(), [[1]]);
    await setAnswer(relay, 2, (BTC * 9_950n) / 10_000n);
    assert.equal(await b.round(), true);
    assert.deepEqual(await pushes(), [[1], [2]]);
  });

  test("ORACLE-02 twenty minutes after the last observation both go in one message, and not a second before", async () => {
    const b = await bench();
    const seen = await peaq.client.readContract({
      address: relay.receiver,
      abi: priceFeedReceiverAbi,
      functionName: "accepted",
      args: [1n],
    });
    const mineAt = async (timestamp: bigint): Promise<void> => {
      await ethereum.client.setNextBlockTimestamp({ timestamp });
      await ethereum.client.mine({ blocks: 1 });
    };
    await mineAt(seen.observedAt + 1199n);
    assert.equal(await b.round(), false);
    await mineAt(seen.observedAt + 1200n);
    assert.equal(await b.round(), true);
    assert.deepEqual(await pushes(), [[1, 2]]);
  });

  test("ORACLE-03 the fee is quoted, the excess comes back, and the books hold gas and fee to the wei", async () => {
    const b = await bench();
    await setAnswer(relay, 1, ETH + ETH / 100n);
    const before = await ethereum.client.getBalance({ address: signer });
    assert.equal(await b.round(), true);
    const spent = before - (await ethereum.client.getBalance({ address: signer }));
    const books = await totals(b.context.store.db(), b.context.scope);
    assert.equal(books.coinPaid, FEE);
    assert.equal(books.gasCost, spent - FEE);
    assert.deepEqual([books.transactions, books.reverted], [1, 0]);
  });

  test("ORACLE-04 nothing is sent beyond the daily budget, fees included", async () => {
    const poor = await bench({ budget: FEE });
    await setAnswer(relay, 1, ETH + ETH / 100n);
    assert.equal(await poor.round(), false);
    assert.deepEqual(poor.skips.counts("oracle"), { budget: 1 });
    const once = await bench({ budget: 2n * FEE });
    assert.equal(await once.round(), true);
    await setAnswer(relay, 1, ETH + ETH / 50n);
    assert.equal(await once.round(), false, "the first one's fee counts");
    assert.deepEqual(once.skips.counts("oracle"), { budget: 1 });
  });

  test("ORACLE-05 what is on its way is not pushed again, by a restarted bot either, until it is late or the price moves on", async () => {
    const moved = ETH + ETH / 100n;
    await setAnswer(relay, 1, moved);
    assert.equal(await (await bench()).round(), true);
    const restarted = await bench();
    assert.equal(await restarted.round(), false);
    await pass(relay, 200);
    assert.equal(await restarted.round(), false);
    await setAnswer(relay, 1, moved + moved / 100n);
    assert.equal(await restarted.round(), true, "moved on");
    await pass(relay, 301);
    assert.equal(await restarted.round(), true, "late");
    await deliver(relay);
    assert.equal(await restarted.round(), false, "arrived");
  });

  test("ORACLE-06 a jump beyond the clamp is pushed, and again to confirm it when 60 s have passed", async () => {
    const b = await bench();
    const jumped = (ETH * 7n) / 10n;
    await setAnswer(relay, 1, jumped);
    assert.equal(await b.round(), true);
    await deliver(relay);
    const [, observedFrom, deliveredFrom] = await peaq.client.readContract({
      address: relay.receiver,
      abi: priceFeedReceiverAbi,
      functionName: "pending",
      args: [1n],
    });
    const from = observedFrom > deliveredFrom ? observedFrom : deliveredFrom;
    const mineAt = async (timestamp: bigint): Promise<void> => {
      for (const { client } of [ethereum, peaq]) {
        await client.setNextBlockTimestamp({ timestamp });
        await client.mine({ blocks: 1 });
      }
    };
    await mineAt(from - 1n);
    assert.equal(await b.round(), false);
    await mineAt(from);
    assert.equal(await b.round(), true);
    await deliver(relay);
    const { answer } = await peaq.client.readContract({
      address: relay.receiver,
      abi: priceFeedReceiverAbi,
      functionName: "accepted",
      args: [1n],
    });
    assert.equal(answer, jumped);
    assert.deepEqual(await pushes(), [[1], [1]]);
  });

  test("ORACLE-07 a feed that the sender would refuse is left out, said, and holds up no other", async () => {
    const b = await bench();
    await setAnswer(relay, 1, -1n);
    await setAnswer(relay, 2, BTC + BTC / 100n);
    assert.equal(await b.round(), true);
    assert.deepEqual(await pushes(), [[2]]);
    assert.deepEqual(b.skips.counts("oracle"), { price_unusable: 1 });
  });

  test("ORACLE-08 a dead node of either chain turns the health red, and it recovers", async () => {
    const proxy = await rpcProxy(peaq.url);
    const b = await bench({ peaqUrl: proxy.url });
    const engine = createEngine({
      context: b.context,
      watch: b.watch,
      health: { headStaleMs: Infinity, minBalance: 0n },
      pollMs: 20,
      drainMs: 100,
    });
    const running = engine.run();
    await until("well", () => Promise.resolve(engine.isReady() && engine.illnesses().length === 0));
    proxy.refuseWhen(() => true);
    await until("ill", () => Promise.resolve(engine.illnesses().length > 0));
    assert.match(engine.illnesses()[0] ?? "", /Bot oracle has not completed a pass/);
    proxy.refuseWhen(() => false);
    await until("well again", () => Promise.resolve(engine.illnesses().length === 0));
    engine.drain();
    await running;
    await proxy.stop();
  });

  function heartbeatBench(dailyBudget = COIN): Promise<Bench> {
    return benchOf(peaq, ({ access }) => {
      const view: BeatView = { beat: undefined, unwatched: [] };
      const { receiver, priceOracle } = relay;
      return {
        bot: heartbeat({ access, receiver, priceOracle, signer, view, dailyBudget, periodMs: 1000 }),
        watch: beatWatch({ access, receiver, priceOracle, assets: [], view }),
      };
    });
  }

  function lastBeat(): Promise<Beat> {
    return getBeat(peaq.client, { priceFeedReceiver: relay.receiver });
  }

  /** Blocks come in time until `timestamp`. */
  async function passUntil(timestamp: bigint): Promise<void> {
    const clients = [ethereum.client, peaq.client];
    const now = Math.max(...(await Promise.all(clients.map(async (c) => Number((await c.getBlock()).timestamp)))));
    await pass(relay, Number(timestamp) - now);
  }

  /** No block for 400 seconds. */
  async function stall(): Promise<void> {
    const { timestamp } = await peaq.client.getBlock();
    await peaq.client.setNextBlockTimestamp({ timestamp: timestamp + 400n });
    await peaq.client.mine({ blocks: 1 });
  }

  test("BEAT-01 a stall is answered by one beat, from which the grace counts; without one nothing is sent", async () => {
    const b = await heartbeatBench();
    assert.equal(await b.round(), false, "blocks came in time");
    await stall();
    assert.equal(await b.round(), true);
    const now = (await peaq.client.getBlock()).timestamp;
    const { beatAt, liquidatableFrom } = await lastBeat();
    assert.deepEqual([beatAt, liquidatableFrom], [now, now + ORACLE_GRACE]);
    assert.equal(await b.round(), false, "the grace runs by itself");
    assert.deepEqual(b.skips.counts("heartbeat"), {});
  });

  test("BEAT-02 a beat follows ten minutes after the last, not before, and starts no grace", async () => {
    const b = await heartbeatBench();
    const before = await lastBeat();
    assert.equal(before.liquidatableFrom, before.beatAt, "no grace");
    await passUntil(before.beatAt + BEAT_INTERVAL - 1n);
    assert.equal(await b.round(), false, "a second too early");
    assert.deepEqual(await lastBeat(), before);
    await passUntil(before.beatAt + BEAT_INTERVAL);
    assert.equal(await b.round(), true);
    const after = await lastBeat();
    assert.equal(after.beatAt, (await peaq.client.getBlock()).timestamp);
    assert.equal(after.liquidatableFrom, after.beatAt, "no grace");
    assert.equal(await b.round(), false, "just beaten");
  });

  test("BEAT-03 routine beats end at 80 % of the daily budget, which leaves a beat for a stall", async () => {
    const probe = await heartbeatBench();
    const { beatAt } = await lastBeat();
    await passUntil(beatAt + BEAT_INTERVAL);
    const { number, hash, timestamp } = await peaq.client.getBlock();
    await probe.watch.advance({ number, hash, timestamp });
    const quote = await probe.bot.quote(probe.bot.find()[0]?.payload ?? {});
    const fees = await currentFees(probe.context);
    assert.ok(quote && fees);
    const cost = (await estimateGas(probe.context, quote.call(FULL))) * fees.maxFee;
    // Up: the least budget of which 80 % are the cost of one beat.
    const enough = (cost * 100n + 79n) / 80n;

    const poor = await heartbeatBench(enough - 1n);
    assert.equal(await poor.round(), false);
    assert.deepEqual(poor.skips.counts("heartbeat"), { budget: 1 });
    assert.equal(await (await heartbeatBench(enough)).round(), true);
    await stall();
    assert.equal(await poor.round(), true);
    const beaten = await lastBeat();
    assert.equal(beaten.beatAt, (await peaq.client.getBlock()).timestamp);
    assert.equal(beaten.liquidatableFrom, beaten.beatAt + ORACLE_GRACE);
  });
});
