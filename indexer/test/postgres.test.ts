import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import type { Address } from "viem";

import { createCrowd, type Crowd } from "./support/actions.ts";
import { deployToken, startChain, type Chain } from "./support/chain.ts";
import { assertEqualsChain } from "./support/compare.ts";
import { createHome, startIndexer, type Indexer } from "./support/ponder.ts";
import { findPostgres, startPostgres, type Postgres } from "./support/postgres.ts";
import { createRandom } from "./support/random.ts";

const bin = findPostgres();
const skip = bin === undefined ? "this machine has no Postgres" : false;
const random = createRandom(99);
let postgres: Postgres;
let chain: Chain;
let crowd: Crowd;
let home: ReturnType<typeof createHome>;
let writer: Indexer;

before(async () => {
  if (bin === undefined) return;
  postgres = await startPostgres(bin);
  chain = await startChain();
  const tokens: Address[] = [];
  for (const symbol of ["AAA", "BBB"]) tokens.push(await deployToken(chain.client, symbol, 18));
  crowd = await createCrowd(chain, tokens, random);
  await act(40);
  home = createHome(chain);
  writer = await startIndexer(chain, { home, env: { DATABASE_URL: postgres.url } });
});

after(async () => {
  await writer?.process.stop();
  await chain?.process.stop();
  await postgres?.stop();
});

async function act(count: number): Promise<void> {
  for (let done = 0, tried = 0; done < count && tried < count * 20; tried += 1) {
    if (await crowd.act()) done += 1;
  }
}

test(
  "IDX-20: on Postgres every row equals the chain, live, after reorganisations and after a kill",
  { skip },
  async () => {
    await assertEqualsChain(chain, writer, crowd);
    for (let round = 0; round < 4; round += 1) {
      const id = await chain.client.snapshot();
      await act(3);
      await writer.catchUp();
      await chain.client.revert({ id });
      await act(2);
      await chain.client.mine({ blocks: 5 });
    }
    await assertEqualsChain(chain, writer, crowd);
    await writer.process.stop("SIGKILL");
    await act(10);
    writer = await startIndexer(chain, { home, env: { DATABASE_URL: postgres.url } });
    await assertEqualsChain(chain, writer, crowd);
  },
);

test("IDX-21: a reader beside the writer answers the same, and lives on when the writer ends", { skip }, async () => {
  const reader = await startIndexer(chain, { home, command: "serve", env: { DATABASE_URL: postgres.url } });
  try {
    await act(10);
    await writer.catchUp();
    await assertEqualsChain(chain, reader, crowd);
    await writer.process.stop();
    const { protocol } = await reader.query<{ protocol: { chainId: number } }>("{ protocol { chainId } }");
    assert.equal(protocol.chainId, chain.client.chain.id);
  } finally {
    await reader.process.stop();
  }
});
