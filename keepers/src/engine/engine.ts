import { setTimeout as sleep } from "node:timers/promises";

import { confirm } from "./account/confirm.ts";
import type { Context } from "./context.ts";
import { illnesses, type HealthPolicy } from "./health.ts";
import { pass } from "./pass.ts";
import { track, type InFlight } from "./send/track.ts";
import { createSkips } from "./skips.ts";
import { latestBookings, totals } from "./store/bookings.ts";
import { intentsIn } from "./store/intents.ts";
import { readStatus, type Status } from "./status.ts";
import type { Bot } from "./types.ts";
import type { Head, Watch } from "./watch/watch.ts";

/** What an engine needs beside its context. */
export interface EngineOptions {
  readonly context: Context;
  readonly watch: Watch;
  readonly health: HealthPolicy;
  /** Milliseconds between rounds. */
  readonly pollMs: number;
  /** Milliseconds that a drain waits for what is in flight. */
  readonly drainMs: number;
}

/** The loop that all bots run in. */
export interface Engine {
  /** Runs until `drain` has finished. */
  run(): Promise<void>;
  /** Starts nothing new, waits a bounded time for what is in flight, ends the loop. */
  drain(): void;
  /** Sentences on what is wrong; empty when well. */
  illnesses(): string[];
  isReady(): boolean;
  status(): Status;
  /** Brings the age metrics up to now. */
  refreshMetrics(): void;
}

/** Bookings that `/status` lists. */
const LISTED = 10;

export function createEngine({ context, watch, health, pollMs, drainMs }: EngineOptions): Engine {
  const { access, account, bots, store, scope, metrics, log, now } = context;
  const skips = createSkips(context);
  const started = now();
  const lastSuccess = new Map([...bots.keys()].map((name) => [name, started]));
  const passedAt = new Map<string, { block: bigint; at: number }>();
  const memory = { nonceTaken: new Map<string, number>() };
  let head: Head | undefined;
  let headChangedAt = started;
  let balance: bigint | undefined;
  let inFlight: InFlight = { count: 0, oldestMs: 0 };
  let books: Status["books"];
  let drainUntil: number | undefined;

  async function readHead(): Promise<Head> {
    const [block, coin] = await Promise.all([
      access.read.getBlock({ blockTag: "latest" }),
      access.read.getBalance({ address: account.address }),
    ]);
    balance = coin;
    if (block.hash !== head?.hash) headChangedAt = now();
    head = { number: block.number, hash: block.hash, timestamp: block.timestamp };
    return head;
  }

  /** A pass is worth its calls once a block, and a few times a period in case that blocks stand still. */
  function isDue(bot: Bot, at: Head): boolean {
    const last = passedAt.get(bot.name);
    return last?.block !== at.number || now() - last.at > bot.periodMs / 4;
  }

  /** @returns whether something was sent */
  async function runBots(at: Head, mayCreate: boolean): Promise<boolean> {
    for (const bot of bots.values()) {
      if (!isDue(bot, at)) continue;
      try {
        // A warm replica looks, so that it can take over at once, and leaves the rest to the one that sends.
        const sent = mayCreate ? await pass(context, bot, skips) : (bot.find(), false);
        passedAt.set(bot.name, { block: at.number, at: now() });
        lastSuccess.set(bot.name, now());
        metrics.lastSuccess.set({ bot: bot.name }, now() / 1000);
        metrics.passes.inc({ bot: bot.name, result: "complete" });
        // One in flight a signer: the others wait until it has landed.
        if (sent) return true;
      } catch (error) {
        metrics.passes.inc({ bot: bot.name, result: "failed" });
        log.error({ bot: bot.name, err: error }, "pass failed");
      }
    }
    return false;
  }

  async function round(): Promise<void> {
    const leads = await store.lead();
    const at = await readHead();
    if (leads) {
      await confirm(context, at.number);
      inFlight = await track(context, memory);
    } else {
      inFlight = { count: 0, oldestMs: 0 };
    }
    await watch.advance(at);
    if (store.fault() === undefined) {
      const [sums, latest] = await Promise.all([totals(store.db(), scope), latestBookings(store.db(), scope, LISTED)]);
      books = { totals: sums, latest };
    }
    if (drainUntil !== undefined || !watch.isReady()) return;
    // With something in flight nothing new is sent, and nothing can be seen as missed.
    if (inFlight.count === 0) {
      if (await runBots(at, leads)) inFlight = { count: 1, oldestMs: 0 };
    } else for (const name of bots.keys()) lastSuccess.set(name, now());
  }

  function refreshMetrics(): void {
    for (const bot of bots.values()) {
      const age = now() - (lastSuccess.get(bot.name) ?? started);
      metrics.successAge.set({ bot: bot.name }, age / bot.periodMs);
    }
    metrics.leader.set(store.isLeader() ? 1 : 0);
    metrics.inFlightAge.set(inFlight.oldestMs / 1000);
    metrics.headAge.set((now() - headChangedAt) / 1000);
    if (head !== undefined) {
      metrics.head.set(Number(head.number));
      metrics.watchLag.set(Number(watch.lag(head)));
    }
    if (balance !== undefined) metrics.balance.set(Number(balance) / 1e18);
    if (books !== undefined) {
      metrics.gasSpent.set(Number(books.totals.gasCost) / 1e18);
      for (const { token, amount } of books.totals.tokens) metrics.profit.set({ token }, Number(amount));
    }
  }

  /** The books say what is in flight: the last look at it may have been before the last send. */
  async function isDrained(): Promise<boolean> {
    if (drainUntil === undefined) return false;
    if (now() > drainUntil || !store.isLeader()) return true;
    return intentsIn(store.db(), scope, ["open"]).then(
      (open) => open.length === 0,
      () => false,
    );
  }

  const illNow = (): string[] =>
    illnesses(context, health, {
      head,
      headChangedAt,
      lastSuccess,
      inFlightMs: inFlight.oldestMs,
      balance,
      isLeader: store.isLeader(),
    });

  return {
    async run() {
      for (;;) {
        const begun = now();
        try {
          await round();
        } catch (error) {
          log.error({ err: error }, "round failed");
        }
        metrics.tickSeconds.set((now() - begun) / 1000);
        if (await isDrained()) return;
        await sleep(Math.max(pollMs - (now() - begun), 1));
      }
    },
    drain() {
      drainUntil ??= now() + drainMs;
    },
    illnesses: illNow,
    isReady: () => drainUntil === undefined && watch.isReady() && store.fault() === undefined,
    status: () =>
      readStatus({
        context,
        watch,
        skips,
        head,
        balance,
        inFlight,
        books,
        lastSuccess,
        ill: illNow(),
        draining: drainUntil !== undefined,
      }),
    refreshMetrics,
  };
}
