import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";

import { pino } from "pino";

import { chainAccess, chainIdentity } from "../src/engine/chain/access.ts";
import { totals, type Totals } from "../src/engine/store/bookings.ts";
import { lockKey } from "../src/engine/store/lockKey.ts";
import { postgresStore } from "../src/engine/store/postgresStore.ts";
import { startChain, testAccount, type TestChain } from "./support/anvil.ts";
import { assertBooksEqualChain, matchCounts, readOpening } from "./support/checkBooks.ts";
import { deployDex, makers, placeCrossing, type Dex } from "./support/deployDex.ts";
import {
  getJson,
  keeperSigner,
  startKeeper,
  stopKeepers,
  until,
  type Environment,
  type KeeperProcess,
} from "./support/keeperProcess.ts";
import { postgresMissing, startPostgres, type TestPostgres } from "./support/postgres.ts";

const USDC = 10n ** 6n;
const signer = testAccount(keeperSigner).address;

describe("replicas over one Postgres", { skip: postgresMissing() ?? false }, () => {
  let chain: TestChain;
  let dex: Dex;
  let postgres: TestPostgres;
  let environment: Environment;

  before(async () => {
    chain = await startChain();
    dex = await deployDex(chain);
    postgres = await startPostgres();
    environment = {
      DEPLOYMENT: dex.file,
      RPC_URLS: chain.url,
      KEEPER_PRICES: '{"USDC":"4","WETH":"8000"}',
      DATABASE_URL: postgres.url,
    };
  });

  after(async () => {
    postgres.stop();
    await chain.stop();
  });

  afterEach(stopKeepers);

  const roleOf = async (keeper: KeeperProcess): Promise<unknown> => (await getJson(keeper, "/status")).body.role;

  const place = (step: bigint): Promise<unknown> =>
    placeCrossing(chain, dex, { ask: (2000n + step) * USDC, bid: (2100n + step) * USDC });

  const inFlight = async (keeper: KeeperProcess): Promise<number> =>
    ((await getJson(keeper, "/status")).body.inFlight as { count: number }).count;

  /** Mines the makers' transactions and no others, and leaves mining off. */
  async function placeUnmined(step: bigint): Promise<void> {
    await chain.client.setAutomine(false);
    let isPlaced = false;
    const placing = place(step).finally(() => (isPlaced = true));
    const senders = makers.map(({ address }) => address.toLowerCase());
    await until("orders are placed", async () => {
      const { pending } = await chain.client.getTxpoolContent();
      if (Object.keys(pending).some((sender) => senders.includes(sender.toLowerCase()))) {
        await chain.client.mine({ blocks: 1 });
      }
      return isPlaced;
    });
    await placing;
  }

  async function readBooks(): Promise<Totals> {
    const access = chainAccess({
      chainId: 31337,
      rpcUrls: [chain.url],
      privateRpcUrl: undefined,
      timeoutMs: 2000,
      batchSize: 1,
    });
    const store = postgresStore(postgres.url, lockKey("nobody", signer), pino({ level: "silent" }));
    await store.lead();
    const books = await totals(store.db(), { chain: await chainIdentity(access), signer });
    await store.close();
    return books;
  }

  test("REPL-01 one of two sends; killed with a transaction in flight, the other finishes it; nothing is sent twice", async () => {
    const opening = await readOpening(chain, dex, signer);
    const replicas = await Promise.all([startKeeper(environment), startKeeper(environment)]);
    await until("both are ready", async () => {
      const codes = await Promise.all(replicas.map(async (keeper) => (await getJson(keeper, "/ready")).code));
      return codes.every((code) => code === 200);
    });
    const roles = await Promise.all(replicas.map(roleOf));
    assert.deepEqual(roles.toSorted(), ["sending", "warm"]);
    const leader = replicas[roles.indexOf("sending")];
    const warm = replicas[roles.indexOf("warm")];
    assert.ok(leader && warm);

    for (let i = 0n; i < 3n; i++) await place(i);
    await until("three matches", async () => (await matchCounts(chain, dex)).size >= 3);
    assert.equal(warm.log().includes('"msg":"sending"'), false, "the warm one sent nothing");

    await until("nothing is in flight", async () => (await inFlight(leader)) === 0);
    await placeUnmined(10n);
    await until("a match is in flight", async () => (await inFlight(leader)) === 1);
    await leader.stop("SIGKILL");
    await chain.client.setAutomine(true);
    await until("the other took over", async () => (await roleOf(warm)) === "sending");
    await place(20n);
    await until("everything is matched", async () => {
      const { body } = await getJson(warm, "/status");
      const [bot] = body.bots as { found: number }[];
      await chain.client.mine({ blocks: 1 });
      return (
        (body.inFlight as { count: number }).count === 0 &&
        bot?.found === 0 &&
        (await matchCounts(chain, dex)).size >= 5
      );
    });
    await warm.stop("SIGTERM");
    assert.equal(warm.child.exitCode, 0);

    for (const [pair, count] of await matchCounts(chain, dex))
      assert.equal(count, 1, `${pair} was matched ${count} times`);
    await assertBooksEqualChain(chain, dex, signer, opening, await readBooks());
  });

  test("REPL-02 a leader whose connection is cut stops sending at once, reconnects, and sends again", async () => {
    const keeper = await startKeeper(environment);
    await until("sending", async () => (await roleOf(keeper)) === "sending");
    const store = postgresStore(postgres.url, lockKey("nobody", signer), pino({ level: "silent" }));
    await store.lead();
    await store
      .db()
      .execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cxmpute-keepers' AND pid <> pg_backend_pid()",
      );
    await until("the loss is seen", () => Promise.resolve(keeper.log().includes("lost the lock") || undefined));
    const before = (await matchCounts(chain, dex)).size;
    await place(30n);
    await until("matched after reconnecting", async () => (await matchCounts(chain, dex)).size > before);
    assert.equal(await roleOf(keeper), "sending");
    await store.close();
    await keeper.stop("SIGTERM");
  });
});
