import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";

import { getFeedStatus } from "@cxmpute/sdk";

import { chainAccess, chainIdentity } from "../src/engine/chain/access.ts";
import { totals, type Totals } from "../src/engine/store/bookings.ts";
import { pgliteStore } from "../src/engine/store/pgliteStore.ts";
import { startChain, testAccount, type TestChain } from "./support/anvil.ts";
import { deliver, deployRelay, FEE, pass, setAnswer, type Relay } from "./support/deployRelay.ts";
import { getJson, keeperSigner, startKeeper, stopKeepers, until, type KeeperProcess } from "./support/keeperProcess.ts";

const signer = testAccount(keeperSigner).address;
const ETH = 3_000n * 10n ** 8n;
const BTC = 100_000n * 10n ** 8n;

describe("the oracle bot as a process", () => {
  let ethereum: TestChain;
  let peaq: TestChain;
  let relay: Relay;

  before(async () => {
    ethereum = await startChain();
    peaq = await startChain();
    relay = await deployRelay(ethereum, peaq);
  });

  after(async () => {
    await ethereum.stop();
    await peaq.stop();
  });

  afterEach(async () => {
    await stopKeepers();
    await ethereum.client.setAutomine(true);
  });

  async function answers(): Promise<void> {
    await setAnswer(relay, 1, ETH);
    await setAnswer(relay, 2, BTC);
  }

  const start = (folder: string): Promise<KeeperProcess> =>
    startKeeper({
      KEEPER_BOTS: "oracle",
      DEPLOYMENT: relay.file,
      RPC_URLS: peaq.url,
      ETHEREUM_RPC_URLS: ethereum.url,
      KEEPER_ORACLE_BUDGET: "10",
      KEEPER_CONFIRMATIONS: "1",
      // These chains make a block only for a transaction, and their time is the test's.
      KEEPER_HEAD_STALE_SECONDS: "0",
      KEEPER_DATA_DIR: folder,
    });

  const sent = (): Promise<number> => ethereum.client.getTransactionCount({ address: signer });

  async function isIdle(keeper: KeeperProcess): Promise<boolean> {
    const { code, body } = await getJson(keeper, "/status");
    const { count } = (body.sister as { inFlight: { count: number } }).inFlight;
    return code === 200 && count === 0;
  }

  async function readBooks(folder: string): Promise<Totals> {
    const access = chainAccess({
      chainId: 31337,
      rpcUrls: [ethereum.url],
      privateRpcUrl: undefined,
      timeoutMs: 2000,
      batchSize: 1,
    });
    const store = await pgliteStore(folder);
    const books = await totals(store.db(), { chain: await chainIdentity(access), signer });
    await store.close();
    return books;
  }

  test("OPROC-01 killed after a push and started again: the push is not repeated, the prices arrive, the books are the chain", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "keepers-books-")), "books");
    const opening = await ethereum.client.getBalance({ address: signer });
    const before = await sent();
    await pass(relay, 10);
    await answers();
    await ethereum.client.setAutomine(false);
    const first = await start(folder);
    await until("a push is sent", () => Promise.resolve(first.log().includes('"msg":"sending"')));
    await first.stop("SIGKILL");
    await ethereum.client.mine({ blocks: 1 });
    await ethereum.client.setAutomine(true);

    const second = await start(folder);
    await until("it has booked the push", async () => (await isIdle(second)) && (await sent()) === before + 1);
    assert.doesNotMatch(second.log(), /"msg":"sending"/, "what is on its way is not pushed again");
    await deliver(relay);
    // The first price of a feed awaits a second look a minute later.
    await pass(relay, 61);
    await answers();
    await until("the second look is pushed", async () => (await isIdle(second)) && (await sent()) === before + 2);
    await deliver(relay);
    for (const [feedId, answer] of [
      [1, ETH],
      [2, BTC],
    ] as const) {
      const { accepted, pending } = await getFeedStatus(peaq.client, { priceFeedReceiver: relay.receiver, feedId });
      assert.equal(accepted.answer, answer);
      assert.equal(pending, undefined);
    }
    await second.stop("SIGTERM");
    assert.equal(second.child.exitCode, 0, second.log().slice(-500));

    const books = await readBooks(join(folder, "sister"));
    assert.equal(await sent(), before + 2);
    assert.equal(books.transactions, 2);
    assert.equal(books.reverted, 0);
    assert.equal(books.coinPaid, 2n * FEE);
    assert.equal(books.gasCost + books.coinPaid, opening - (await ethereum.client.getBalance({ address: signer })));
  });
});
