import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import { orderNftAbi } from "@cxmpute/sdk";
import type { Hex } from "viem";

import { bookView, type BookView } from "../src/dex/bookView.ts";
import { bookWatch } from "../src/dex/bookWatch.ts";
import { indexerClient } from "../src/engine/watch/indexerClient.ts";
import type { Watch } from "../src/engine/watch/watch.ts";
import { startChain, type TestChain } from "./support/anvil.ts";
import { deployDex, makers, placeOrder, type Dex } from "./support/deployDex.ts";
import { until } from "./support/keeperProcess.ts";
import { rpcProxy } from "./support/rpcProxy.ts";
import { closeBooks, COIN, testClock, testContext, type Clock } from "./support/testContext.ts";

const USDC = 10n ** 6n;

interface Bench {
  readonly view: BookView;
  readonly watch: Watch;
  readonly clock: Clock;
  advance(): Promise<void>;
  ids(): bigint[];
}

describe("watching the book", () => {
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
    options: { rpcUrl?: string; indexers?: readonly string[]; startBlock?: bigint; maxLogRange?: bigint } = {},
  ): Promise<Bench> {
    const clock = testClock();
    const { access, metrics, log } = await testContext(chain, { clock, rpcUrls: [options.rpcUrl ?? chain.url] });
    const view = bookView();
    const watch = bookWatch({
      access,
      book: dex.book,
      lens: dex.lens,
      taker: dex.matcher,
      startBlock: options.startBlock ?? 0n,
      maxLogRange: options.maxLogRange ?? 1000n,
      sweepMs: 60_000,
      indexer: options.indexers && indexerClient({ urls: options.indexers, timeoutMs: 1000, metrics, log }),
      view,
      metrics,
      log,
      now: clock.now,
    });
    return {
      view,
      watch,
      clock,
      async advance() {
        const { number, hash, timestamp } = await chain.client.getBlock();
        await watch.advance({ number, hash, timestamp });
      },
      ids: () => [...view.all()].map(({ id }) => id).sort(),
    };
  }

  const place = (amount = COIN): Promise<bigint> =>
    placeOrder(chain, dex, { sell: dex.weth, buy: dex.usdc, amount, cost: 2000n * USDC });

  test("WATCH-01 events bring new orders, partial fills, amendments, cancellations", async () => {
    const b = await bench();
    const [one, two] = [await place(), await place()];
    await b.advance();
    assert.deepEqual(b.ids(), [one, two].sort());
    const write = { address: dex.book, abi: orderNftAbi } as const;
    await chain.client.writeContract({
      ...write,
      account: makers[1],
      functionName: "fill",
      args: [one, COIN / 4n, 2n ** 200n],
    });
    await chain.client.writeContract({ ...write, account: makers[0], functionName: "cancel", args: [two] });
    await b.advance();
    assert.deepEqual(b.ids(), [one]);
    assert.equal(b.view.get(one)?.available, (COIN * 3n) / 4n);
  });

  test("WATCH-02 a node that answers few blocks at a time is read in smaller ranges", async () => {
    const placed = [await place(), await place(), await place()];
    await chain.client.mine({ blocks: 40 });
    const proxy = await rpcProxy(chain.url);
    proxy.failWhen("eth_getLogs", ([filter]) => {
      const { fromBlock, toBlock } = filter as { fromBlock: Hex; toBlock: Hex };
      return BigInt(toBlock) - BigInt(fromBlock) >= 10n;
    });
    const b = await bench({ rpcUrl: proxy.url });
    for (let i = 0; i < 20 && !b.watch.isReady(); i++) await b.advance();
    assert.deepEqual(b.ids(), placed.sort());
    assert.equal(b.watch.isReady(), true);
    await proxy.stop();
  });

  test("WATCH-03 a reorganisation brings a filled order back and takes a new one away", async () => {
    const old = await place();
    const b = await bench();
    await b.advance();
    const snapshot = await chain.client.snapshot();
    await chain.client.writeContract({
      address: dex.book,
      abi: orderNftAbi,
      account: makers[1],
      functionName: "fill",
      args: [old, COIN, 2n ** 200n],
    });
    const gone = await place(2n * COIN);
    await b.advance();
    assert.deepEqual(b.ids(), [gone]);
    await chain.client.revert({ id: snapshot });
    await chain.client.mine({ blocks: 3 });
    await b.advance();
    assert.deepEqual(b.ids(), [old]);
    assert.equal(b.view.get(old)?.available, COIN);
  });

  test("WATCH-04 an order that is released over time becomes fillable without an event", async () => {
    const { timestamp } = await chain.client.getBlock();
    const { result, request } = await chain.client.simulateContract({
      address: dex.book,
      abi: orderNftAbi,
      account: makers[0],
      functionName: "createMany",
      args: [
        [
          {
            maker: makers[0].address,
            sellToken: dex.weth,
            buyToken: dex.usdc,
            sellAmount: 1000n,
            price: (193n << 72n) | (1n << 71n),
            expiry: 2 ** 32 - 1,
            terms: 0,
            privateTaker: "0x0000000000000000000000000000000000000000",
            releaseStart: Number(timestamp) + 100,
            releaseEnd: Number(timestamp) + 200,
          },
        ],
      ],
    });
    await chain.client.writeContract(request);
    const b = await bench();
    await b.advance();
    assert.deepEqual(b.view.side(dex.weth, dex.usdc), []);
    await chain.client.setNextBlockTimestamp({ timestamp: timestamp + 150n });
    await chain.client.mine({ blocks: 1 });
    await b.advance();
    assert.deepEqual(
      b.view.side(dex.weth, dex.usdc).map(({ id, available }) => [id, available]),
      [[result[0], 500n]],
    );
  });

  test("WATCH-05 an expired order leaves its side at that second, without a read", async () => {
    const { timestamp } = await chain.client.getBlock();
    await placeOrder(chain, dex, {
      sell: dex.weth,
      buy: dex.usdc,
      amount: COIN,
      cost: USDC,
      expiry: Number(timestamp) + 100,
    });
    const b = await bench();
    await b.advance();
    b.view.setTime(timestamp + 99n);
    assert.equal(b.view.side(dex.weth, dex.usdc).length, 1);
    b.view.setTime(timestamp + 100n);
    assert.equal(b.view.side(dex.weth, dex.usdc).length, 0);
  });

  test("WATCH-06 the first indexer dead, the second answers over pages; what it invents is not believed", async () => {
    const one = await place();
    const two = await place();
    const invented = one + 2n ** 40n;
    const pages = new Map<unknown, unknown>([
      [null, page([one, invented], "next")],
      ["next", page([two], null)],
    ]);
    const indexer = await graphql((after) => pages.get(after));
    const head = await chain.client.getBlockNumber();
    // From here on the chain's events name neither order: only the indexer can.
    const b = await bench({ indexers: ["http://127.0.0.1:1/graphql", indexer.url], startBlock: head + 1n });
    await chain.client.mine({ blocks: 1 });
    await until("named by the indexer", async () => {
      await b.advance();
      return b.ids().length === 2;
    });
    assert.deepEqual(b.ids(), [one, two].sort());
    indexer.server.close();
  });

  test("WATCH-07 with all indexers dead the chain alone is complete", async () => {
    const one = await place();
    const b = await bench({ indexers: ["http://127.0.0.1:1/graphql"] });
    await b.advance();
    assert.deepEqual([b.ids(), b.watch.isReady()], [[one], true]);
  });
});

const page = (ids: readonly bigint[], next: string | null): unknown => ({
  data: {
    orders: {
      items: ids.map((id) => ({ id: id.toString() })),
      pageInfo: { hasNextPage: next !== null, endCursor: next },
    },
  },
});

/** An indexer that answers by page. */
async function graphql(answer: (after: unknown) => unknown): Promise<{ url: string; server: Server }> {
  const server = createServer((incoming, outgoing) => {
    let text = "";
    incoming.on("data", (chunk) => (text += String(chunk)));
    incoming.on("end", () => {
      const { variables } = JSON.parse(text) as { variables: { after: unknown } };
      outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer(variables.after)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, server };
}
