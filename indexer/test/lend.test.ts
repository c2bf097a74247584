import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { demoTokenAbi, lendControllerAbi, uTokenAbi } from "@cxmpute/sdk";
import { maxUint256 } from "viem";
import { mnemonicToAccount } from "viem/accounts";

import { MNEMONIC, send, startChain, type Chain } from "./support/chain.ts";
import { assertLendEqualsChain } from "./support/lend/compare.ts";
import { createLendCrowd, type LendCrowd } from "./support/lend/crowd.ts";
import { deployLend, deployPool, GAS, listPool, type Lend } from "./support/lend/deployLend.ts";
import { createHome, startIndexer, type Indexer } from "./support/ponder.ts";
import { createRandom } from "./support/random.ts";

const SEED = Number(process.env.INDEXER_SEED ?? 4_626);
const ACTIONS = Number(process.env.INDEXER_ACTIONS ?? 150);
const REORGS = Number(process.env.INDEXER_REORGS ?? 10);

const random = createRandom(SEED);
let chain: Chain;
let lend: Lend;
let crowd: LendCrowd;
let home: ReturnType<typeof createHome>;
let indexer: Indexer;

before(async () => {
  chain = await startChain();
  lend = await deployLend(chain);
  crowd = await createLendCrowd(chain, lend, random);
  const pools = [];
  for (const [symbol, decimals, answer] of [
    ["USDC", 6, 10n ** 8n],
    ["WETH", 18, 3_000n * 10n ** 8n],
    ["ODD", 0, 7n * 10n ** 8n],
  ] as const) {
    const pool = await deployPool(chain, lend, symbol, decimals, answer);
    pools.push(pool);
    await crowd.fund(pool);
    if (symbol === "WETH") {
      // A pool can be supplied before it is listed, and its shares can move.
      const [one, other] = crowd.traders;
      assert(one !== undefined && other !== undefined);
      const own = { address: pool.address, abi: uTokenAbi, account: one, gas: GAS } as const;
      const deposit = { ...own, functionName: "deposit", args: [10n ** 18n, one.address] } as const;
      await send(chain.client, chain.client.writeContract(deposit));
      const move = { ...own, functionName: "transfer", args: [other.address, 10n ** 23n] } as const;
      await send(chain.client, chain.client.writeContract(move));
    }
    await listPool(chain, lend, pool);
  }
  await act(ACTIONS / 3);
  home = createHome(chain, {}, lend.parts);
  indexer = await startIndexer(chain, { home });
});

after(async () => {
  await indexer?.process.stop();
  await chain?.process.stop();
});

/** Carries out a number of random actions that succeed. */
async function act(count: number, once = crowd.act): Promise<void> {
  for (let done = 0, tried = 0; done < count && tried < count * 20; tried += 1) {
    if (await once()) done += 1;
  }
}

test("IDX-35: bad debt is struck off in every table", async () => {
  const { client } = chain;
  const [usdc, weth] = lend.pools;
  const [liquidator] = crowd.traders;
  assert(usdc !== undefined && weth !== undefined && liquidator !== undefined);
  const { answers } = lend.relay;
  // Fresh prices, past every grace.
  assert(await crowd.tryAction("silence"));

  const borrower = mnemonicToAccount(MNEMONIC, { addressIndex: 9 });
  const by = { account: borrower, gas: GAS } as const;
  const token = { address: weth.asset, abi: demoTokenAbi, ...by } as const;
  const collateral = { address: weth.address, abi: uTokenAbi, ...by } as const;
  const amount = 10n ** 18n;
  // Half of what it is worth; answers have 8 decimals, USDC has 6.
  const answer = answers.get(weth.feedId) ?? 0n;
  const args = [answer / 200n, borrower.address, borrower.address] as const;
  const mint = { address: usdc.asset, abi: demoTokenAbi, functionName: "mint", ...by } as const;
  await send(client, client.writeContract({ ...mint, args: [liquidator.address, 10n ** 11n] }));
  const own = { address: usdc.address, abi: uTokenAbi, account: liquidator, gas: GAS } as const;
  await send(client, client.writeContract({ ...own, functionName: "deposit", args: [10n ** 10n, liquidator.address] }));
  await send(client, client.writeContract({ ...token, functionName: "mint", args: [borrower.address, amount] }));
  await send(client, client.writeContract({ ...token, functionName: "approve", args: [weth.address, amount] }));
  await send(
    client,
    client.writeContract({ ...collateral, functionName: "deposit", args: [amount, borrower.address] }),
  );
  await send(client, client.writeContract({ ...collateral, functionName: "setCollateral", args: [true] }));
  await send(client, client.writeContract({ ...collateral, address: usdc.address, functionName: "borrow", args }));

  // Collateral loses most of its worth; a minute later that is confirmed.
  answers.set(weth.feedId, answer / 8n);
  await lend.relay.push();
  await client.increaseTime({ seconds: 61 });
  await lend.relay.push();
  const order = {
    borrower: borrower.address,
    debtId: BigInt(usdc.id),
    collateralId: BigInt(weth.id),
    maxRepay: maxUint256,
    minSeized: 0n,
    receiver: liquidator.address,
    asShares: true,
    data: "0x",
  } as const;
  const liquidate = { address: lend.controller, abi: lendControllerAbi, functionName: "liquidate" } as const;
  await send(client, client.writeContract({ ...liquidate, args: [order], account: liquidator, gas: GAS }));

  // The others find prices as they were.
  answers.set(weth.feedId, answer);
  await lend.relay.push();
  await client.increaseTime({ seconds: 61 });
  await lend.relay.push();

  await assertLendEqualsChain(chain, indexer, lend, crowd);
  type Answer = { lendBadDebts: { items: { borrower: string; pool: string }[] } };
  const { lendBadDebts } = await indexer.rows<Answer>("{ lendBadDebts { items { borrower pool } } }");
  const struckOff = lendBadDebts.items.filter((row) => row.borrower === borrower.address.toLowerCase());
  assert.deepEqual(
    struckOff.map(({ pool }) => pool),
    [usdc.address.toLowerCase()],
  );
});

test(`IDX-30: lending and prices of seed ${SEED} equal the chain after a backfill and live`, async () => {
  await assertLendEqualsChain(chain, indexer, lend, crowd);
  await act(ACTIONS / 3);
  await assertLendEqualsChain(chain, indexer, lend, crowd);
});

test("IDX-31: a pool that is listed while the indexer runs is followed, with what it did before", async () => {
  const pool = await deployPool(chain, lend, "LATE", 8, 40n * 10n ** 8n);
  await crowd.fund(pool);
  const [one] = crowd.traders;
  assert(one !== undefined);
  const own = { address: pool.address, abi: uTokenAbi, account: one, gas: GAS } as const;
  const args = [5n * 10n ** 8n, one.address] as const;
  await send(chain.client, chain.client.writeContract({ ...own, functionName: "deposit", args }));
  await listPool(chain, lend, pool);
  await assertLendEqualsChain(chain, indexer, lend, crowd);
  await act(ACTIONS / 6);
  await assertLendEqualsChain(chain, indexer, lend, crowd);
});

test("IDX-32: killed in the middle of lending and started again, it goes on where it was", async () => {
  const acting = act(ACTIONS / 6);
  await indexer.process.stop("SIGKILL");
  await acting;
  indexer = await startIndexer(chain, { home, env: { LOG_LEVEL: "debug" } });
  await assertLendEqualsChain(chain, indexer, lend, crowd);
});

test(`IDX-33: after ${REORGS} random reorganisations lending equals the chain`, async () => {
  const { answers } = lend.relay;
  for (let round = 1; round <= REORGS; round += 1) {
    await act(random.below(3));
    const id = await chain.client.snapshot();
    const known = new Map(answers);
    // What is taken back is shorter than what Ponder holds to be final.
    await act(1 + random.below(5), crowd.actBriefly);
    if (random.chance(0.7)) await indexer.catchUp();
    const head = await chain.client.getBlockNumber();
    await chain.client.revert({ id });
    for (const [feedId, answer] of known) answers.set(feedId, answer);
    await act(1 + random.below(5), crowd.actBriefly);
    // A shorter branch is noticed when it grows past what was seen.
    const behind = Number(head - (await chain.client.getBlockNumber()));
    await chain.client.mine({ blocks: Math.max(behind, 0) + 3 });
  }
  await assertLendEqualsChain(chain, indexer, lend, crowd);
  const seen = indexer.process.output().split("Reconciled reorg in local chain").length - 1;
  assert(seen >= REORGS / 2, `the indexer saw ${seen} reorganisations`);
});

test("IDX-34: a listing that a reorganisation takes back is gone, and may come again", async () => {
  const pool = await deployPool(chain, lend, "TWICE", 6, 2n * 10n ** 8n);
  const id = await chain.client.snapshot();
  await listPool(chain, lend, pool);
  await indexer.catchUp();
  const market = () =>
    indexer.query<{ lendMarket: { id: number } | null }>(`{ lendMarket(pool: "${pool.address}") { id } }`);
  assert.equal((await market()).lendMarket?.id, pool.id);
  await chain.client.revert({ id });
  lend.pools.pop();
  await chain.client.mine({ blocks: 5 });
  await indexer.catchUp();
  assert.equal((await market()).lendMarket, null);

  await crowd.fund(pool);
  await listPool(chain, lend, pool);
  await assertLendEqualsChain(chain, indexer, lend, crowd);
});

test("IDX-36: the run had every kind of action that there is, the rare ones asked for, and still equals the chain", async () => {
  const rare = [
    "borrowFor",
    "flashLoan",
    "sweep",
    "insure",
    "jump",
    "silence",
    "govern",
    "redeemAll",
    "accrue",
    "mint",
  ];
  const kinds = ["supply", "withdraw", "borrow", "repay", "repayAll", "collateral", "transfer", "liquidate", ...rare];
  const missing = () => kinds.filter((name) => !crowd.done.has(name));
  for (let round = 0; round < 30 && missing().length > 0; round += 1) {
    for (const name of ["push", "supply", "collateral", "approveBorrow", "borrow", ...missing()]) {
      for (let i = 0; i < 5; i += 1) await crowd.tryAction(name);
    }
  }
  assert.deepEqual(missing(), []);
  await assertLendEqualsChain(chain, indexer, lend, crowd);
});
