import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { lockKey } from "../src/engine/store/lockKey.ts";
import { pgliteStore } from "../src/engine/store/pgliteStore.ts";
import { totals, type Totals } from "../src/engine/store/bookings.ts";
import { chainAccess, chainIdentity } from "../src/engine/chain/access.ts";
import { startChain, testAccount, testKey, type TestChain } from "./support/anvil.ts";
import { assertBooksEqualChain, matchCounts, readOpening } from "./support/checkBooks.ts";
import { deployDex, placeCrossing, type Dex } from "./support/deployDex.ts";
import { getJson, keeperSigner, startKeeper, stopKeepers, until, type Environment } from "./support/keeperProcess.ts";
import { rpcProxy } from "./support/rpcProxy.ts";

const USDC = 10n ** 6n;
const signer = testAccount(keeperSigner).address;
const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

describe("the keeper process", () => {
  let chain: TestChain;
  let dex: Dex;
  let environment: Environment;

  before(async () => {
    chain = await startChain();
    dex = await deployDex(chain);
    environment = {
      DEPLOYMENT: dex.file,
      RPC_URLS: chain.url,
      KEEPER_PRICES: '{"USDC":"4","WETH":"8000"}',
      KEEPER_CONFIRMATIONS: "2",
    };
  });

  after(() => chain.stop());

  afterEach(async () => {
    await stopKeepers();
    await chain.client.setAutomine(true);
  });

  const freshFolder = (): string => join(mkdtempSync(join(tmpdir(), "keepers-books-")), "books");

  async function readBooks(folder: string): Promise<Totals> {
    const access = chainAccess({
      chainId: 31337,
      rpcUrls: [chain.url],
      privateRpcUrl: undefined,
      timeoutMs: 2000,
      batchSize: 1,
    });
    const store = await pgliteStore(folder);
    const books = await totals(store.db(), { chain: await chainIdentity(access), signer });
    await store.close();
    return books;
  }

  test("PROC-01 killed at any point and started again: nothing lost, nothing doubled, books equal the chain", async () => {
    const folder = freshFolder();
    const opening = await readOpening(chain, dex, signer);
    const pairs = 5;
    for (let i = 0; i < pairs; i++) {
      await placeCrossing(chain, dex, { ask: (2000n + BigInt(i)) * USDC, bid: (2100n + BigInt(i)) * USDC });
    }
    await chain.client.setAutomine(false);
    // The kills fall on the decision, the write, the send and the wait alike.
    for (const afterMs of [0, 15, 60, 150]) {
      const keeper = await startKeeper({ ...environment, KEEPER_DATA_DIR: folder });
      await until("it sends", () => Promise.resolve(/"msg":"(sending|replacing)"|sending it again/.test(keeper.log())));
      await sleep(afterMs);
      await keeper.stop("SIGKILL");
      await chain.client.mine({ blocks: 1 });
    }
    const keeper = await startKeeper({ ...environment, KEEPER_DATA_DIR: folder });
    await chain.client.setAutomine(true);
    await chain.client.mine({ blocks: 1 });
    await until("everything is matched", async () => {
      // Asked first: what it says before it is ready is of an empty book.
      if ((await getJson(keeper, "/ready")).code !== 200) return false;
      const { body } = await getJson(keeper, "/status");
      const [bot] = body.bots as { found: number }[];
      const { count } = body.inFlight as { count: number };
      return bot?.found === 0 && count === 0;
    });
    await keeper.stop("SIGTERM");
    assert.equal(keeper.child.exitCode, 0, keeper.log().slice(-500));

    await assertBooksEqualChain(chain, dex, signer, opening, await readBooks(folder));
    const counts = await matchCounts(chain, dex);
    assert.ok(counts.size >= pairs, `${counts.size} matches`);
    for (const [pair, count] of counts) assert.equal(count, 1, `${pair} was matched ${count} times`);
  });

  test("PROC-02 with every indexer dead and the first node failing every other request, it works from the chain", async () => {
    const flapping = await rpcProxy(chain.url);
    flapping.refuseWhen((request) => request % 2 === 0);
    const keeper = await startKeeper({
      ...environment,
      RPC_URLS: `${flapping.url},${chain.url}`,
      GRAPHQL_URLS: "http://127.0.0.1:1/graphql,http://127.0.0.1:2/graphql",
      KEEPER_DATA_DIR: freshFolder(),
    });
    await until("ready", async () => (await getJson(keeper, "/ready")).code === 200);
    const before = (await matchCounts(chain, dex)).size;
    await placeCrossing(chain, dex, { ask: 2000n * USDC, bid: 2200n * USDC });
    await until("matched", async () => (await matchCounts(chain, dex)).size > before);
    const { code, body } = await getJson(keeper, "/health");
    assert.deepEqual([code, body.reasons], [200, []]);
    const metrics = await (await fetch(`${keeper.url}/metrics`)).text();
    assert.match(metrics, /keeper_graphql_up\{endpoint="http:\/\/127\.0\.0\.1:1\/graphql"\} 0/);
    await keeper.stop("SIGTERM");
    await flapping.stop();
  });

  test("PROC-03 health turns red when the node is silent, and recovers", async () => {
    const proxy = await rpcProxy(chain.url);
    const keeper = await startKeeper({
      ...environment,
      RPC_URLS: proxy.url,
      KEEPER_PERIOD_SECONDS: "0.5",
      KEEPER_DATA_DIR: freshFolder(),
    });
    await until("well", async () => (await getJson(keeper, "/health")).code === 200);
    proxy.refuseWhen(() => true);
    const ill = await until("ill", async () => {
      const health = await getJson(keeper, "/health");
      return health.code === 503 && health;
    });
    assert.match(String((ill.body.reasons as string[])[0]), /Bot matcher has not completed a pass/);
    proxy.refuseWhen(() => false);
    await until("well again", async () => (await getJson(keeper, "/health")).code === 200);
    await keeper.stop("SIGTERM");
    assert.equal(keeper.child.exitCode, 0);
    await proxy.stop();
  });

  test("PROC-04 wrong settings: one sentence each and exit code 2", () => {
    const run = (env: Environment): { status: number | null; stderr: string } =>
      spawnSync(process.execPath, [cli, "run"], { env: { PATH: process.env.PATH ?? "", ...env }, encoding: "utf8" });
    const wrong = run({ KEEPER_BOTS: "miner", RPC_URLS: "ws://x", KEEPER_PORT: "99999", KEEPER_PRIVATE_KEY: "0x12" });
    assert.equal(wrong.status, 2);
    assert.deepEqual(wrong.stderr.trim().split("\n"), [
      '--bots (KEEPER_BOTS) must name bots of: matcher, expirer, liquidator, oracle, not "miner".',
      "--deployment (DEPLOYMENT) is missing: deployment JSON of the chain.",
      '--rpc (RPC_URLS) must be an http or https URL, not "ws://x".',
      "KEEPER_PRIVATE_KEY must be 0x and 64 hex digits.",
      '--port (KEEPER_PORT) must be from 0 to 65535, not "99999".',
    ]);
    const other = join(mkdtempSync(join(tmpdir(), "keepers-")), "other.json");
    writeFileSync(
      other,
      JSON.stringify({
        chainId: 1,
        startBlock: 0,
        contracts: { orderNFT: dex.book, orderMatcher: dex.matcher, orderLens: dex.lens },
      }),
    );
    const chainMismatch = run({ DEPLOYMENT: other, RPC_URLS: chain.url, KEEPER_PRIVATE_KEY: testKey(keeperSigner) });
    assert.deepEqual(
      [chainMismatch.status, chainMismatch.stderr.trim()],
      [2, "--rpc (RPC_URLS) is chain 31337, but the deployment is of chain 1."],
    );
  });

  test("PROC-05 two processes do not share one folder of books", async () => {
    const folder = freshFolder();
    const first = await startKeeper({ ...environment, KEEPER_DATA_DIR: folder });
    await until("ready", async () => (await getJson(first, "/ready")).code === 200);
    const second = await startKeeper({ ...environment, KEEPER_DATA_DIR: folder });
    await until("ended", () => Promise.resolve(second.child.exitCode !== null || undefined));
    assert.equal(second.child.exitCode, 2);
    assert.match(second.log(), /already works with these books/);
    assert.notEqual(lockKey("31337:a", signer), lockKey("31337:b", signer));
    await first.stop("SIGTERM");
  });
});
