import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { pairObserverAbi } from "@cxmpute/sdk";
import type { Address } from "viem";

import { createCrowd, type Crowd } from "./support/actions.ts";
import { deployToken, send, startChain, type Chain } from "./support/chain.ts";
import { assertEqualsChain } from "./support/compare.ts";
import { createHome, startIndexer, type Indexer } from "./support/ponder.ts";
import { createRandom } from "./support/random.ts";

const SEED = Number(process.env.INDEXER_SEED ?? 20_251);
const ACTIONS = Number(process.env.INDEXER_ACTIONS ?? 180);
const REORGS = Number(process.env.INDEXER_REORGS ?? 12);

const random = createRandom(SEED);
let chain: Chain;
let crowd: Crowd;
let home: ReturnType<typeof createHome>;
let indexer: Indexer;

before(async () => {
  chain = await startChain();
  const tokens: Address[] = [];
  for (const [symbol, decimals] of [
    ["USDC", 6],
    ["WETH", 18],
    ["ODD", 0],
  ] as const) {
    tokens.push(await deployToken(chain.client, symbol, decimals));
  }
  const [one, other] = tokens;
  assert(one !== undefined && other !== undefined);
  const grow = {
    address: chain.observer,
    abi: pairObserverAbi,
    functionName: "grow",
    args: [one, other, 10n],
  } as const;
  await send(chain.client, chain.client.writeContract(grow));
  crowd = await createCrowd(chain, tokens, random);
  await act(ACTIONS / 3);
  home = createHome(chain);
  indexer = await startIndexer(chain, { home });
});

after(async () => {
  await indexer?.process.stop();
  await chain?.process.stop();
});

/** Carries out a number of random actions that succeed. */
async function act(count: number): Promise<void> {
  for (let done = 0, tried = 0; done < count && tried < count * 20; tried += 1) {
    if (await crowd.act()) done += 1;
  }
}

test(`IDX-01: after a backfill and live events of seed ${SEED}, every row equals the chain`, async () => {
  await assertEqualsChain(chain, indexer, crowd);
  await act(ACTIONS / 3);
  await assertEqualsChain(chain, indexer, crowd);
});

test("IDX-02: killed in the middle of events and started again, it goes on where it was", async () => {
  const acting = act(ACTIONS / 6);
  await indexer.process.stop("SIGKILL");
  await acting;
  indexer = await startIndexer(chain, { home });
  await assertEqualsChain(chain, indexer, crowd);

  await indexer.process.stop("SIGTERM");
  await act(ACTIONS / 6);
  indexer = await startIndexer(chain, { home, env: { LOG_LEVEL: "debug" } });
  await assertEqualsChain(chain, indexer, crowd);
});

test(`IDX-03: after ${REORGS} random reorganisations every row equals the chain`, async () => {
  for (let round = 1; round <= REORGS; round += 1) {
    await act(random.below(3));
    const id = await chain.client.snapshot();
    await act(1 + random.below(5));
    if (random.chance(0.7)) await indexer.catchUp();
    await chain.client.revert({ id });
    await act(1 + random.below(5));
    // A shorter branch is noticed when it grows past what was seen.
    await chain.client.mine({ blocks: 6 });
    if (round % 10 === 0 || round === REORGS) await assertEqualsChain(chain, indexer, crowd);
  }
  const seen = indexer.process.output().split("Reconciled reorg in local chain").length - 1;
  assert(seen >= REORGS / 2, `the indexer saw ${seen} reorganisations`);
});
