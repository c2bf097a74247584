import { orderNftAbi } from "@cxmpute/sdk";
import { zeroAddress } from "viem";

import { matcher } from "../../keepers/src/bots/matcher/matcher.ts";
import { bookView, type BookView } from "../../keepers/src/dex/bookView.ts";
import { bookWatch } from "../../keepers/src/dex/bookWatch.ts";
import { createEngine } from "../../keepers/src/engine/engine.ts";
import { fixedPrices } from "../../keepers/src/engine/price/prices.ts";
import type { Head, Watch } from "../../keepers/src/engine/watch/watch.ts";
import { startChain, testAccount } from "../../keepers/test/support/anvil.ts";
import { deployDex, makers, placeCrossing, priceOf, TAKER_FEE } from "../../keepers/test/support/deployDex.ts";
import { COIN, testContext } from "../../keepers/test/support/testContext.ts";

import { BLOCK_MS, type Figures, timed } from "./figures.ts";

const ORDERS = 10_000;
const BATCH = 100;
const EVENTS = 10;
const USDC = 10n ** 6n;
const NEVER = 2 ** 32 - 1;

/** The matcher over a book of 10,000 orders: to read it all, to check it again, and from a crossing order to the sending. */
export async function measureBook(): Promise<Figures> {
  const chain = await startChain();
  const figures: Figures = {};
  try {
    const dex = await deployDex(chain);
    await placeBook();
    const context = await testContext(chain, {
      prices: fixedPrices(
        new Map([
          [dex.usdc.toLowerCase(), { coin: 4n * COIN, decimals: 6 }],
          [dex.weth.toLowerCase(), { coin: 8000n * COIN, decimals: 18 }],
        ]),
      ),
    });

    const { watch, view } = newWatch(0);
    figures["start.10000"] = { ms: await timed(async () => readAll(watch)), limit: 2 * BLOCK_MS };
    if (view.size() !== ORDERS) throw new Error(`${view.size()} orders were seen, not ${ORDERS}`);
    const bot = botOf(view);
    const sweep = await timed(async () => {
      await watch.advance(await head());
      bot.find();
    });
    figures["check.10000"] = { ms: sweep, limit: BLOCK_MS };

    figures["eventToSent.p100"] = { ms: Math.max(...(await latencies())), limit: BLOCK_MS };
    return figures;

    async function placeBook(): Promise<void> {
      for (let done = 0; done < ORDERS; done += BATCH) {
        const orders = Array.from({ length: BATCH }, (_, i) => {
          const sells = (done + i) % 2 === 0;
          const amount = sells ? COIN : 2000n * USDC;
          const step = BigInt(done + i);
          const price = sells
            ? priceOf((2100n * 10_000n + step) * USDC, 10_000n * COIN)
            : priceOf(10_000n * COIN, (1900n * 10_000n - step) * USDC);
          const [sellToken, buyToken] = sells ? [dex.weth, dex.usdc] : [dex.usdc, dex.weth];
          return {
            maker: makers[0].address,
            sellToken,
            buyToken,
            sellAmount: amount,
            price,
            expiry: NEVER,
            terms: 0,
            privateTaker: zeroAddress,
            releaseStart: 0,
            releaseEnd: 0,
          };
        });
        const hash = await chain.client.writeContract({
          address: dex.book,
          abi: orderNftAbi,
          account: makers[0],
          functionName: "createMany",
          args: [orders],
        });
        await chain.client.waitForTransactionReceipt({ hash });
      }
    }

    function newWatch(sweepMs: number): { watch: Watch; view: BookView } {
      const book = bookView();
      const watching = bookWatch({
        access: context.access,
        book: dex.book,
        lens: dex.lens,
        taker: dex.matcher,
        startBlock: 0n,
        maxLogRange: 5000n,
        sweepMs,
        indexer: undefined,
        view: book,
        metrics: context.metrics,
        log: context.log,
        now: Date.now,
      });
      return { watch: watching, view: book };
    }

    function botOf(book: BookView): ReturnType<typeof matcher> {
      const { access, account, recipient } = context;
      return matcher({
        access,
        matcher: dex.matcher,
        signer: account.address,
        recipient,
        view: book,
        takerFee: () => TAKER_FEE,
        periodMs: 60_000,
      });
    }

    async function readAll(watching: Watch): Promise<void> {
      while (!watching.isReady()) await watching.advance(await head());
    }

    async function head(): Promise<Head> {
      const { number, hash, timestamp } = await chain.client.getBlock();
      return { number, hash, timestamp };
    }

    /** Milliseconds from the block with the crossing order to the keeper's transaction, with the default second between rounds. */
    async function latencies(): Promise<number[]> {
      const live = newWatch(60_000);
      const liveBot = botOf(live.view);
      const engine = createEngine({
        context: { ...context, bots: new Map([[liveBot.name, liveBot]]) },
        watch: live.watch,
        health: { headStaleMs: Infinity, minBalance: 0n },
        pollMs: 1000,
        drainMs: 1000,
      });
      const running = engine.run();
      while (!engine.isReady()) await new Promise((resolve) => setTimeout(resolve, 20));
      const found: number[] = [];
      for (let i = 0; i < EVENTS; i++) {
        const nonce = await sentBy();
        await placeCrossing(chain, dex, { ask: 1990n * USDC, bid: 2010n * USDC, amount: BigInt(i + 1) * 10n ** 17n });
        const placed = performance.now();
        while ((await sentBy()) === nonce) {
          if (performance.now() - placed > 10 * BLOCK_MS) throw new Error("the crossing orders were not matched");
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        found.push(performance.now() - placed);
      }
      engine.drain();
      await running;
      return found;
    }

    function sentBy(): Promise<number> {
      return chain.client.getTransactionCount({ address: testAccount(5).address, blockTag: "pending" });
    }
  } finally {
    await chain.stop();
  }
}
