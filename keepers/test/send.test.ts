import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import type { Address, Hex } from "viem";

import { confirm } from "../src/engine/account/confirm.ts";
import type { Context } from "../src/engine/context.ts";
import { createEngine } from "../src/engine/engine.ts";
import { pass } from "../src/engine/pass.ts";
import { fixedPrices } from "../src/engine/price/prices.ts";
import { track, type InFlight } from "../src/engine/send/track.ts";
import { createSkips, type Skips } from "../src/engine/skips.ts";
import { totals, unfinishedBookings } from "../src/engine/store/bookings.ts";
import { attemptsOf, intentsIn } from "../src/engine/store/intents.ts";
import type { Attempt, Intent, IntentStatus } from "../src/engine/store/schema.ts";
import type { Bot } from "../src/engine/types.ts";
import { startChain, testAccount, type TestChain } from "./support/anvil.ts";
import { balanceOf, deployDex, type Dex } from "./support/deployDex.ts";
import { until } from "./support/keeperProcess.ts";
import { mined } from "./support/mined.ts";
import { rpcProxy } from "./support/rpcProxy.ts";
import {
  closeBooks,
  COIN,
  GWEI,
  minter,
  testClock,
  testContext,
  type Clock,
  type ContextOptions,
  type Minter,
} from "./support/testContext.ts";

const AMOUNT = COIN;
const ALL: readonly IntentStatus[] = ["open", "landed", "final", "lost", "refused"];

/** One signer with one opportunity. */
interface Bench {
  readonly context: Context;
  readonly bot: Minter;
  readonly skips: Skips;
  readonly clock: Clock;
  send(): Promise<boolean>;
  track(): Promise<InFlight>;
  intents(): Promise<Intent[]>;
  attempts(): Promise<Attempt[]>;
}

describe("sending", () => {
  let chain: TestChain;
  let dex: Dex;
  let signer = 5;

  before(async () => {
    chain = await startChain();
    dex = await deployDex(chain);
  });

  after(() => chain.stop());

  afterEach(closeBooks);

  beforeEach(async () => {
    await chain.client.setAutomine(true);
    signer = signer === 9 ? 5 : signer + 1;
    await chain.client.setBalance({ address: testAccount(signer).address, value: 1000n * COIN });
  });

  async function bench(options: Omit<ContextOptions, "bots" | "clock" | "prices"> = {}): Promise<Bench> {
    const clock = testClock();
    const bot = minter(dex.weth, testAccount(signer).address, AMOUNT);
    const context = await testContext(chain, {
      signer,
      clock,
      bots: [bot],
      prices: fixedPrices(new Map([[dex.weth.toLowerCase(), { coin: COIN, decimals: 18 }]])),
      ...options,
    });
    const skips = createSkips(context);
    const memory = { nonceTaken: new Map<string, number>() };
    const intents = (): Promise<Intent[]> => intentsIn(context.store.db(), context.scope, ALL);
    return {
      context,
      bot,
      skips,
      clock,
      async send() {
        const sent = await pass(context, bot, skips);
        await mined(chain);
        return sent;
      },
      track: () => track(context, memory),
      intents,
      attempts: async () =>
        (await Promise.all((await intents()).map(({ id }) => attemptsOf(context.store.db(), id)))).flat(),
    };
  }

  const pooled = async (account: Address): Promise<readonly { nonce: number; hash: Hex }[]> => {
    const { pending } = await chain.client.getTxpoolContent();
    const found = Object.entries(pending).find(([address]) => address.toLowerCase() === account.toLowerCase());
    return Object.values(found?.[1] ?? {}).map(({ nonce, hash }) => ({ nonce: Number(nonce), hash }));
  };

  test("KEEP-01 with mining off the same nonce is replaced by at least 12 % until the cap, and lands once", async () => {
    const b = await bench({ policy: { fees: { cap: 8n * GWEI, minTip: GWEI } } });
    await chain.client.setAutomine(false);
    assert.equal(await b.send(), true);
    const [first] = await b.attempts();
    assert.ok(first);

    assert.equal((await b.track()).count, 1);
    assert.equal((await b.attempts()).length, 1, "an attempt is left alone until it has waited long enough");
    for (let i = 0; i < 20; i++) {
      b.clock.pass(10_000);
      assert.equal((await b.track()).count, 1);
    }
    const attempts = (await b.attempts()).toReversed();
    assert.ok(attempts.length > 3, `${attempts.length} attempts`);
    for (const [i, attempt] of attempts.entries()) {
      const before = attempts[i - 1];
      assert.ok(attempt.maxFee <= 8n * GWEI, "no attempt is above the cap");
      if (before === undefined) continue;
      assert.ok(attempt.maxFee * 100n >= before.maxFee * 112n, "the fee rises by 12 %");
      assert.ok(attempt.priorityFee * 100n >= before.priorityFee * 112n, "the tip rises by 12 %");
    }
    assert.ok(
      (attempts.at(-1)?.maxFee ?? 0n) * 112n > 8n * GWEI * 100n,
      "it stopped only where the next is above the cap",
    );
    assert.deepEqual(await pooled(b.context.account.address), [
      { nonce: (await b.intents())[0]?.nonce, hash: attempts.at(-1)?.hash },
    ]);

    const held = await balanceOf(chain, dex.weth, b.context.recipient);
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
    assert.equal((await balanceOf(chain, dex.weth, b.context.recipient)) - held, AMOUNT);
    const booked = await totals(b.context.store.db(), b.context.scope);
    assert.equal(booked.transactions, 1);
    assert.deepEqual(booked.tokens, [{ token: dex.weth, amount: AMOUNT }]);
  });

  test("KEEP-02 a dropped transaction is sent again, the same one, with the same nonce", async () => {
    const b = await bench();
    await chain.client.setAutomine(false);
    await b.send();
    const [sent] = await b.attempts();
    assert.ok(sent);
    await chain.client.dropTransaction({ hash: sent.hash as Hex });
    assert.deepEqual(await pooled(b.context.account.address), []);

    await b.track();
    assert.deepEqual(
      (await pooled(b.context.account.address)).map(({ hash }) => hash),
      [sent.hash],
    );
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
    assert.equal((await b.attempts()).length, 1);
  });

  test("KEEP-03 a transaction that the pool already knows counts as sent", async () => {
    const b = await bench();
    await chain.client.setAutomine(false);
    await b.send();
    const [sent] = await b.attempts();
    assert.ok(sent);
    // The node hides what it has, so that the keeper sends it again and hears "already known".
    const proxy = await rpcProxy(chain.url);
    proxy.answer("eth_getTransactionByHash", null);
    const blind = { ...b.context, access: (await testContext(chain, { signer, rpcUrls: [proxy.url] })).access };
    await track(blind, { nonceTaken: new Map() });
    await proxy.stop();
    assert.equal(await counterOf(b.context, "keeper_send_answers_total", { answer: "accepted" }), 2);
    assert.equal((await pooled(b.context.account.address)).length, 1);
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
  });

  test("KEEP-04 nonce too low: a foreign transaction took the nonce, the intent is lost and the next one goes on", async () => {
    const b = await bench();
    await chain.client.setAutomine(false);
    await b.send();
    const [sent] = await b.attempts();
    assert.ok(sent);
    await chain.client.dropTransaction({ hash: sent.hash as Hex });
    await chain.client.setAutomine(true);
    const hash = await chain.client.sendTransaction({ account: testAccount(signer), to: dex.weth, data: "0x06fdde03" });
    await chain.client.waitForTransactionReceipt({ hash });

    let left = 1;
    for (let i = 0; i < 10; i++) left = (await b.track()).count;
    assert.equal(left, 0);
    assert.deepEqual(
      (await b.intents()).map(({ status }) => status),
      ["lost"],
    );
    const [lost] = await b.intents();
    assert.equal(await counterOf(b.context, "keeper_lost_total", { bot: "minter" }), 1);

    assert.equal(await b.send(), true);
    assert.equal((await b.track()).count, 0);
    assert.deepEqual(
      (await b.intents()).map(({ status, nonce }) => [status, nonce]),
      [
        ["lost", lost?.nonce],
        ["landed", (lost?.nonce ?? 0) + 1],
      ],
    );
  });

  test("KEEP-05 underpriced against a foreign pending transaction: the fees rise at once until it is replaced", async () => {
    const b = await bench({ policy: { fees: { cap: 1000n * GWEI, minTip: GWEI } } });
    await chain.client.setAutomine(false);
    const { baseFeePerGas } = await chain.client.getBlock();
    const foreign = await chain.client.sendTransaction({
      account: testAccount(signer),
      to: dex.weth,
      data: "0x06fdde03",
      gas: 50_000n,
      maxFeePerGas: ((baseFeePerGas ?? 0n) * 5n) / 4n + (13n * GWEI) / 10n,
      maxPriorityFeePerGas: (13n * GWEI) / 10n,
    });
    await b.send();
    assert.equal((await b.attempts())[0]?.outcome, "underpriced");
    for (let i = 0; i < 6; i++) await b.track();
    const [inPool] = await pooled(b.context.account.address);
    assert.notEqual(inPool?.hash, foreign);
    assert.equal((await b.attempts())[0]?.hash, inPool?.hash, "the last attempt is the one in the pool");
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
    assert.equal((await totals(b.context.store.db(), b.context.scope)).transactions, 1);
  });

  test("KEEP-06 a signer that cannot pay: nothing stays in flight, and the opportunity cools down", async () => {
    const b = await bench();
    // Enough for the estimate, not for the gas limit at the highest fee.
    const proxy = await rpcProxy(chain.url);
    proxy.fail("eth_sendRawTransaction", { code: -32000, message: "insufficient funds for gas * price + value" });
    const poor = { ...b.context, access: (await testContext(chain, { signer, rpcUrls: [proxy.url] })).access };
    assert.equal(await pass(poor, b.bot, b.skips), false);
    await proxy.stop();
    assert.deepEqual(
      (await b.intents()).map(({ status }) => status),
      ["refused"],
    );
    assert.equal((await b.track()).count, 0);
    assert.equal(b.skips.isCooling("mint"), true);
    assert.equal(await b.send(), false, "left alone while it cools");
    b.clock.pass(10_001);
    assert.equal(await b.send(), true);
    assert.equal((await b.track()).count, 0);
  });

  test("KEEP-07 a call whose opportunity is gone is replaced by a cancellation, which is booked", async () => {
    const b = await bench();
    await chain.client.setAutomine(false);
    await b.send();
    b.bot.gone = true;
    b.clock.pass(10_000);
    await b.track();
    const [cancel, call] = await b.attempts();
    assert.deepEqual([cancel?.kind, call?.kind], ["cancel", "call"]);
    const [held, coin] = await holdings(b.context);
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
    const booked = await totals(b.context.store.db(), b.context.scope);
    const [heldAfter, coinAfter] = await holdings(b.context);
    assert.equal(heldAfter, held, "the call did not land");
    assert.equal(coin - coinAfter, booked.gasCost, "the cancellation's gas is in the books");
    assert.deepEqual(booked.tokens, []);
  });

  test("KEEP-08 what the pool dropped is not sent again once its opportunity is gone", async () => {
    const b = await bench();
    await chain.client.setAutomine(false);
    await b.send();
    const [sent] = await b.attempts();
    assert.ok(sent);
    await chain.client.dropTransaction({ hash: sent.hash as Hex });
    b.bot.gone = true;
    await b.track();
    const [cancel] = await b.attempts();
    assert.equal(cancel?.kind, "cancel");
    assert.deepEqual(
      (await pooled(b.context.account.address)).map(({ hash }) => hash),
      [cancel.hash],
    );
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
  });

  test("KEEP-09 a node that times out after taking the transaction does not make a second one", async () => {
    const proxy = await rpcProxy(chain.url);
    proxy.hangAfter("eth_sendRawTransaction");
    const b = await bench({ rpcUrls: [proxy.url] });
    await chain.client.setAutomine(false);
    assert.equal(await b.send(), true);
    assert.equal((await b.attempts())[0]?.outcome, "unsure");
    assert.equal((await pooled(b.context.account.address)).length, 1);
    await b.track();
    assert.equal((await b.attempts()).length, 1);
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
    assert.equal((await totals(b.context.store.db(), b.context.scope)).transactions, 1);
    await proxy.stop();
  });

  test("KEEP-10 with a private endpoint nothing is sent to the public ones", async () => {
    const publicNode = await rpcProxy(chain.url);
    const privateNode = await rpcProxy(chain.url);
    const b = await bench({ rpcUrls: [publicNode.url], privateRpcUrl: privateNode.url });
    await b.send();
    assert.equal((await b.track()).count, 0);
    assert.equal(publicNode.count("eth_sendRawTransaction"), 0);
    assert.equal(privateNode.count("eth_sendRawTransaction"), 1);
    await Promise.all([publicNode.stop(), privateNode.stop()]);
  });

  test("KEEP-11 a reorganised booking is taken back, the transaction lands again and is booked once", async () => {
    const b = await bench();
    await b.send();
    assert.equal((await b.track()).count, 0);
    const [booking] = await unfinishedBookings(b.context.store.db(), b.context.scope);
    assert.ok(booking);
    await chain.client.setAutomine(false);
    await chain.client.request({ method: "anvil_reorg", params: [1, []] } as never);

    await confirm(b.context, booking.blockNumber);
    assert.deepEqual(
      (await b.intents()).map(({ status }) => status),
      ["open"],
    );
    assert.equal((await totals(b.context.store.db(), b.context.scope)).transactions, 0);

    await b.track();
    assert.equal(
      (await pooled(b.context.account.address))[0]?.hash,
      booking.hash,
      "the same transaction is back in the pool",
    );
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
    const head = await chain.client.getBlockNumber();
    await confirm(b.context, head + 2n);
    assert.equal(
      (await unfinishedBookings(b.context.store.db(), b.context.scope)).length,
      1,
      "two blocks on top are too few",
    );
    await confirm(b.context, head + 3n);
    assert.equal((await unfinishedBookings(b.context.store.db(), b.context.scope)).length, 0);
    const booked = await totals(b.context.store.db(), b.context.scope);
    assert.deepEqual(booked.tokens, [{ token: dex.weth, amount: AMOUNT }]);
    assert.equal(booked.transactions, 1);
    assert.deepEqual(
      (await b.intents()).map(({ status }) => status),
      ["final"],
    );
  });

  test("KEEP-12 books are exact: balance change and gas, over several transactions", async () => {
    const b = await bench();
    const [held, coin] = await holdings(b.context);
    for (let i = 0; i < 3; i++) {
      assert.equal(await b.send(), true);
      assert.equal((await b.track()).count, 0);
    }
    const [heldAfter, coinAfter] = await holdings(b.context);
    const booked = await totals(b.context.store.db(), b.context.scope);
    assert.equal(booked.gasCost, coin - coinAfter);
    assert.deepEqual(booked.tokens, [{ token: dex.weth, amount: heldAfter - held }]);
  });

  test("KEEP-13 a dry run decides and sends nothing", async () => {
    const b = await bench({ policy: { dryRun: true } });
    assert.equal(await b.send(), false);
    assert.deepEqual(await b.intents(), []);
    assert.deepEqual(b.skips.counts("minter"), { dry_run: 1 });
  });

  test("KEEP-14 a base fee above the cap: passed over by name, and sent when it has fallen", async () => {
    const b = await bench({ policy: { fees: { cap: 5n * GWEI, minTip: GWEI } } });
    await chain.client.setNextBlockBaseFeePerGas({ baseFeePerGas: 6n * GWEI });
    await chain.client.mine({ blocks: 1 });
    assert.equal(await b.send(), false);
    assert.deepEqual(b.skips.counts("minter"), { fee_cap: 1 });
    await chain.client.setNextBlockBaseFeePerGas({ baseFeePerGas: GWEI });
    await chain.client.mine({ blocks: 1 });
    assert.equal(await b.send(), true);
    assert.equal((await b.track()).count, 0);
  });

  test("KEEP-15 written and never sent, because the process died in between: a restart sends just that", async () => {
    const b = await bench();
    await chain.client.setAutomine(false);
    await pass({ ...b.context, access: { ...b.context.access, senders: [] } }, b.bot, b.skips);
    const [written] = await b.attempts();
    assert.deepEqual(await pooled(b.context.account.address), []);
    await track(b.context, { nonceTaken: new Map() });
    assert.deepEqual(
      (await pooled(b.context.account.address)).map(({ hash }) => hash),
      [written?.hash],
    );
    assert.equal((await b.attempts()).length, 1);
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
  });

  test("KEEP-16 landed and not booked, because the process died in between: a restart books it, and sends nothing", async () => {
    const b = await bench();
    await b.send();
    const pool = await pooled(b.context.account.address);
    assert.deepEqual([pool, (await totals(b.context.store.db(), b.context.scope)).transactions], [[], 0]);
    await track(b.context, { nonceTaken: new Map() });
    await track(b.context, { nonceTaken: new Map() });
    assert.equal((await totals(b.context.store.db(), b.context.scope)).transactions, 1);
    assert.equal((await b.attempts()).length, 1);
  });

  test("KEEP-17 two intents can never hold one nonce: the second write is refused", async () => {
    const b = await bench();
    await chain.client.setAutomine(false);
    await b.send();
    await assert.rejects(b.send(), /Failed query: insert into "keepers"."intent"/);
    assert.equal((await b.attempts()).length, 1);
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
  });

  test("KEEP-18 told to stop while a pass sends, it waits until that has landed and is booked", async () => {
    const b = await bench();
    const { bot } = b;
    const quote = bot.quote.bind(bot);
    const engine = createEngine({
      context: {
        ...b.context,
        bots: new Map([
          [
            bot.name,
            {
              ...bot,
              quote: (payload) => {
                engine.drain();
                return quote(payload);
              },
            },
          ],
        ]),
        now: Date.now,
      },
      watch: { advance: () => Promise.resolve(), isReady: () => true, lag: () => 0n, view: () => ({}) },
      health: { headStaleMs: Infinity, minBalance: 0n },
      pollMs: 10,
      drainMs: 60_000,
    });
    await chain.client.setAutomine(false);
    let ended = false;
    const running = engine.run().then(() => {
      ended = true;
    });
    await until("it is sent", async () => (await pooled(b.context.account.address)).length === 1);
    await until("it is seen in flight", () => Promise.resolve(engine.status().inFlight.count === 1));
    await sleep(100);
    assert.equal(ended, false);
    await chain.client.mine({ blocks: 1 });
    await running;
    assert.equal((await totals(b.context.store.db(), b.context.scope)).transactions, 1);
    assert.deepEqual(
      (await b.intents()).map(({ status }) => status),
      ["landed"],
    );
  });

  test("KEEP-19 what does not pay keeps nothing else from being quoted, however much it seems to be worth", async () => {
    const b = await bench();
    const asked: string[] = [];
    // Forty that are worth nothing once the chain is asked, and one that is worth something.
    const traps = Array.from({ length: 40 }, (_, index) => `trap:${index}`);
    const gains = (amount: bigint) => [{ token: dex.weth, amount }];
    const bot: Bot = {
      ...b.bot,
      find: () => [
        ...traps.map((key) => ({ payload: { key }, key, gains: gains(100n * COIN), consumes: [] })),
        { payload: { key: "mint" }, key: "mint", gains: gains(AMOUNT), consumes: [] },
      ],
      quote: async ({ key }) => {
        asked.push(String(key));
        const real = await b.bot.quote({});
        return real && { ...real, key: String(key), ...(key === "mint" ? {} : { gains: gains(0n) }) };
      },
    };
    const context = { ...b.context, bots: new Map([[bot.name, bot]]) };
    const rounds: boolean[] = [];
    for (let i = 0; i < 3; i++) {
      b.clock.pass(1000);
      rounds.push(await pass(context, bot, b.skips));
      await mined(chain);
    }
    assert.deepEqual(rounds, [false, false, true]);
    assert.deepEqual(asked, [...traps, "mint", ...traps.slice(0, 7)]);
    assert.deepEqual(b.skips.counts("minter"), { unprofitable: 40 });
    assert.equal((await b.track()).count, 0);
  });

  test("KEEP-20 a call that reverts when its replacement is estimated leaves the attempt as it is", async () => {
    const b = await bench();
    await chain.client.setAutomine(false);
    await b.send();
    b.clock.pass(10_000);
    const quote = b.bot.quote.bind(b.bot);
    b.bot.quote = async (payload) => {
      const real = await quote(payload);
      return real && { ...real, call: () => ({ to: dex.book, data: "0xdeadbeef" }) };
    };
    assert.equal((await b.track()).count, 1);
    assert.equal((await b.attempts()).length, 1);
    await chain.client.mine({ blocks: 1 });
    assert.equal((await b.track()).count, 0);
    assert.equal((await totals(b.context.store.db(), b.context.scope)).reverted, 0);
  });

  async function holdings({ recipient, account }: Context): Promise<readonly [bigint, bigint]> {
    return [await balanceOf(chain, dex.weth, recipient), await chain.client.getBalance({ address: account.address })];
  }
});

async function counterOf(
  { metrics }: Context,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<number> {
  const metric = await metrics.registry.getSingleMetric(name)?.get();
  const wanted = Object.entries(labels);
  return metric?.values.find((value) => wanted.every(([key, label]) => value.labels[key] === label))?.value ?? 0;
}
