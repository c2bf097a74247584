import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import { flashLiquidatorAbi, lendControllerAbi } from "@cxmpute/sdk";
import { parseEventLogs, type Hex } from "viem";

import { chainAccess, chainIdentity } from "../src/engine/chain/access.ts";
import { totals, type Totals } from "../src/engine/store/bookings.ts";
import type { Store } from "../src/engine/store/database.ts";
import { pgliteStore } from "../src/engine/store/pgliteStore.ts";
import { postgresStore } from "../src/engine/store/postgresStore.ts";
import { pino } from "pino";
import { startChain, testAccount, type TestChain } from "./support/anvil.ts";
import { balanceOf } from "./support/deployDex.ts";
import { deployFlash, placeBid, type FlashVenue } from "./support/deployFlash.ts";
import {
  borrowers,
  deployLend,
  fund,
  openPosition,
  setPrice,
  USD,
  USDC,
  WETH,
  type Lend,
} from "./support/deployLend.ts";
import { getJson, keeperSigner, startKeeper, stopKeepers, until, type Environment } from "./support/keeperProcess.ts";
import { postgresMissing, startPostgres } from "./support/postgres.ts";

const signer = testAccount(keeperSigner);

describe("the liquidator as a process", () => {
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

  beforeEach(async () => {
    if (start !== undefined) await chain.client.revert({ id: start });
    start = await chain.client.snapshot();
    for (const who of borrowers) await openPosition(chain, who, [lend.weth, 10n * WETH], [lend.usdc, 20_000n * USDC]);
  });

  afterEach(async () => {
    await stopKeepers();
    await chain.client.setAutomine(true);
  });

  const environment = (): Environment => ({
    KEEPER_BOTS: "liquidator",
    DEPLOYMENT: lend.file,
    RPC_URLS: chain.url,
    KEEPER_CONFIRMATIONS: "1",
  });

  async function liquidated(): Promise<string[]> {
    const logs = await chain.client.getLogs({ address: lend.controller, fromBlock: 0n });
    return parseEventLogs({ abi: lendControllerAbi, eventName: "Liquidated", logs }).map(({ args }) => args.borrower);
  }

  interface Opening {
    readonly coin: bigint;
    readonly usdc: bigint;
    readonly weth: bigint;
    readonly nonce: number;
  }

  async function holdings(): Promise<Opening> {
    return {
      coin: await chain.client.getBalance({ address: signer.address }),
      usdc: await balanceOf(chain, lend.usdc.asset, signer.address),
      weth: await balanceOf(chain, lend.weth.asset, signer.address),
      nonce: await chain.client.getTransactionCount({ address: signer.address }),
    };
  }

  async function readBooks(store: Store): Promise<Totals> {
    const access = chainAccess({
      chainId: 31337,
      rpcUrls: [chain.url],
      privateRpcUrl: undefined,
      timeoutMs: 2000,
      batchSize: 1,
    });
    await store.lead();
    const books = await totals(store.db(), { chain: await chainIdentity(access), signer: signer.address });
    await store.close();
    return books;
  }

  async function assertBooks(opening: Opening, books: Totals): Promise<void> {
    const now = await holdings();
    const bookedOf = (token: string): bigint => books.tokens.find((row) => row.token === token)?.amount ?? 0n;
    assert.equal(books.transactions, now.nonce - opening.nonce, "transactions");
    assert.equal(books.gasCost, opening.coin - now.coin, "gas");
    assert.equal(bookedOf(lend.usdc.asset), now.usdc - opening.usdc, "repaid");
    assert.equal(bookedOf(lend.weth.asset), now.weth - opening.weth, "seized");
  }

  const everybody = borrowers.map(({ address }) => address).toSorted();

  test("LPROC-01 killed after the send and started again: each account is liquidated once, the books are the chain", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "keepers-books-")), "books");
    await fund(chain, lend.usdc, signer, 1_000_000n * USDC, false);
    const opening = await holdings();
    const first = await startKeeper({ ...environment(), KEEPER_DATA_DIR: folder });
    await until("approved and idle", async () => {
      const { body } = await getJson(first, "/status");
      return first.log().includes('"msg":"landed"') && (body.inFlight as { count: number }).count === 0;
    });
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    await chain.client.setAutomine(false);
    await until("a liquidation is sent", () =>
      Promise.resolve(/"key":"liquidate:[^}]*"msg":"sending"/.test(first.log())),
    );
    await first.stop("SIGKILL");
    await chain.client.mine({ blocks: 1 });
    await chain.client.setAutomine(true);
    const second = await startKeeper({ ...environment(), KEEPER_DATA_DIR: folder });
    await until("all are liquidated and booked", async () => {
      const { body } = await getJson(second, "/status");
      return (await liquidated()).length >= 3 && (body.inFlight as { count: number }).count === 0;
    });
    await second.stop("SIGTERM");
    assert.equal(second.child.exitCode, 0, second.log().slice(-500));
    assert.deepEqual((await liquidated()).toSorted(), everybody);
    await assertBooks(opening, await readBooks(await pgliteStore(folder)));
  });

  test(
    "LPROC-02 two replicas over one Postgres: each account is liquidated once",
    { skip: postgresMissing() ?? false },
    async () => {
      const postgres = await startPostgres();
      try {
        await fund(chain, lend.usdc, signer, 1_000_000n * USDC, false);
        const opening = await holdings();
        const shared = { ...environment(), DATABASE_URL: postgres.url };
        const replicas = [await startKeeper(shared), await startKeeper(shared)];
        await until("both ready", async () => {
          const codes = await Promise.all(replicas.map(async (keeper) => (await getJson(keeper, "/ready")).code));
          return codes.every((code) => code === 200);
        });
        await setPrice(chain, lend, lend.weth, 2_400n * USD);
        await until("all are liquidated and booked", async () => {
          const flying = await Promise.all(
            replicas.map(
              async (keeper) => ((await getJson(keeper, "/status")).body.inFlight as { count: number }).count,
            ),
          );
          return (await liquidated()).length >= 3 && flying.every((count) => count === 0);
        });
        for (const replica of replicas) await replica.stop("SIGTERM");
        assert.deepEqual((await liquidated()).toSorted(), everybody);
        assert.equal(
          replicas.filter((keeper) => keeper.log().includes('"msg":"sending"')).length,
          1,
          "one of them sends",
        );
        const store = postgresStore(postgres.url, 1n, pino({ level: "silent" }));
        await assertBooks(opening, await readBooks(store));
      } finally {
        await stopKeepers();
        postgres.stop();
      }
    },
  );

  test("LPROC-03 without capital, killed after the send and started again: each account once, through bids", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "keepers-books-")), "books");
    const bid = { pay: lend.usdc.asset, want: lend.weth.asset, price: 2_390n * USDC };
    for (let i = 0; i < 3; i++) await placeBid(chain, venue, { ...bid, units: 20_000n * USDC });
    const opening = await holdings();
    const settings = { ...environment(), DEPLOYMENT: venue.file, KEEPER_DATA_DIR: folder };
    const first = await startKeeper(settings);
    await until("ready", async () => (await getJson(first, "/ready")).code === 200);
    await setPrice(chain, lend, lend.weth, 2_400n * USD);
    await chain.client.setAutomine(false);
    await until("a liquidation is sent", () =>
      Promise.resolve(/"key":"liquidate:[^}]*"msg":"sending"/.test(first.log())),
    );
    await first.stop("SIGKILL");
    await chain.client.mine({ blocks: 1 });
    await chain.client.setAutomine(true);
    const second = await startKeeper(settings);
    await until("all are liquidated and booked", async () => {
      const { body } = await getJson(second, "/status");
      return (await liquidated()).length >= 3 && (body.inFlight as { count: number }).count === 0;
    });
    await second.stop("SIGTERM");
    assert.equal(second.child.exitCode, 0, second.log().slice(-500));
    assert.deepEqual((await liquidated()).toSorted(), everybody);
    const logs = await chain.client.getLogs({ address: venue.flashLiquidator, fromBlock: 0n });
    assert.equal(parseEventLogs({ abi: flashLiquidatorAbi, eventName: "FlashLiquidated", logs }).length, 3);
    const now = await holdings();
    assert.ok(now.usdc > opening.usdc || now.weth > opening.weth);
    await assertBooks(opening, await readBooks(await pgliteStore(folder)));
  });
});
