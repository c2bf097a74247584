import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { lendControllerAbi, priceFeedReceiverAbi, uTokenAbi } from "@cxmpute/sdk";
import { maxUint256, type Address } from "viem";
import { mnemonicToAccount } from "viem/accounts";

import { MNEMONIC, send, startChain, type Chain } from "./support/chain.ts";
import { createLendCrowd } from "./support/lend/crowd.ts";
import { deployLend, deployPool, GAS, listPool, type Lend, type LendPool } from "./support/lend/deployLend.ts";
import { createHome, startIndexer, type Indexer } from "./support/ponder.ts";
import { createRandom } from "./support/random.ts";

const WAD = 10n ** 18n;
const NOBODY: Address = "0x000000000000000000000000000000000000dEaD";
const supplier = mnemonicToAccount(MNEMONIC, { addressIndex: 1 });
const borrower = mnemonicToAccount(MNEMONIC, { addressIndex: 2 });
const liquidator = mnemonicToAccount(MNEMONIC, { addressIndex: 3 });

let chain: Chain;
let lend: Lend;
let usdc: LendPool;
let weth: LendPool;
let indexer: Indexer;

type Account = typeof supplier;

function call(
  pool: LendPool,
  functionName: "deposit" | "borrow" | "repay" | "setCollateral",
  args: never,
  account: Account,
) {
  const own = { address: pool.address, abi: uTokenAbi, functionName, args, account, gas: GAS } as never;
  return send(chain.client, chain.client.writeContract(own));
}

async function pass(seconds: number): Promise<void> {
  await chain.client.increaseTime({ seconds });
  await chain.client.mine({ blocks: Math.ceil(seconds / 30) });
}

/** Has a feed accept a price, whatever it was before. */
async function setPrice(pool: LendPool, answer: bigint): Promise<void> {
  lend.relay.answers.set(pool.feedId, answer);
  await lend.relay.push();
  await pass(61);
  await lend.relay.push();
}

async function now(): Promise<bigint> {
  await indexer.catchUp();
  return (await chain.client.getBlock()).timestamp;
}

before(async () => {
  chain = await startChain();
  lend = await deployLend(chain);
  const crowd = await createLendCrowd(chain, lend, createRandom(1));
  usdc = await deployPool(chain, lend, "USDC", 6, 10n ** 8n);
  await listPool(chain, lend, usdc);
  weth = await deployPool(chain, lend, "WETH", 18, 2_000n * 10n ** 8n);
  await listPool(chain, lend, weth);
  for (const pool of [usdc, weth]) await crowd.fund(pool);
  indexer = await startIndexer(chain, { home: createHome(chain, {}, lend.parts) });
});

after(async () => {
  await indexer?.process.stop();
  await chain?.process.stop();
});

test("IDX-40: an account that never lent has no positions, no debt and the best health", async () => {
  const { account } = await indexer.query<{ account: { lend: object } }>(
    `{ account(address: "${NOBODY}") { lend { collateral debt health quality positions { shares } } } }`,
  );
  assert.deepEqual(account.lend, {
    collateral: "0",
    debt: "0",
    health: `${maxUint256}`,
    quality: "Fresh",
    positions: [],
  });
});

test("IDX-41: markets tell totals, parameters, rates and prices; by asset or by pool", async () => {
  await call(usdc, "deposit", [10_000_000_000n, supplier.address] as never, supplier);
  await call(weth, "deposit", [5n * WAD, borrower.address] as never, borrower);
  await call(weth, "setCollateral", [true] as never, borrower);
  await call(usdc, "borrow", [6_000_000_000n, borrower.address, borrower.address] as never, borrower);
  const at = await now();
  type Market = { id: number; asset: { symbol: string }; debt: string; utilisation: string; price: { low: string } };
  const { lendMarkets } = await indexer.query<{ lendMarkets: Market[] }>(
    `{ lendMarkets(at: "${at}") { id asset { symbol } debt utilisation price { low quality feed { round } } } }`,
  );
  assert.deepEqual(
    lendMarkets.map(({ id, asset, debt, utilisation, price }) => [id, asset.symbol, debt, utilisation, price.low]),
    [
      [0, "USDC", "6000000000", `${(6n * WAD) / 10n}`, `${WAD}`],
      [1, "WETH", "0", "0", `${2_000n * WAD}`],
    ],
  );
  const byAsset = await indexer.query(
    `{ lendMarkets(asset: "${weth.asset}") { id } none: lendMarkets(asset: "${NOBODY}") { id } }`,
  );
  assert.deepEqual(byAsset, { lendMarkets: [{ id: 1 }], none: [] });
  assert.deepEqual(await indexer.query(`{ lendMarket(pool: "${NOBODY}") { id } }`), { lendMarket: null });
});

test("IDX-42: debt and health of a later time hold the interest until then", async () => {
  const at = await now();
  const later = at + 365n * 86_400n;
  const debtAt = async (time: bigint): Promise<bigint> => {
    const { account } = await indexer.query<{ account: { lend: { positions: { debt: string }[] } } }>(
      `{ account(address: "${borrower.address}") { lend(at: "${time}") { positions { debt } } } }`,
    );
    return BigInt(account.lend.positions[0]?.debt ?? 0);
  };
  const [debt, grown] = [await debtAt(at), await debtAt(later)];
  // 60 % utilisation on the first slope: 1 % + 4 % * 60 / 80 = 4 % a year, compounding.
  assert(grown > debt + (debt * 4n) / 100n && grown < debt + (debt * 41n) / 1_000n, `${debt} ${grown}`);
});

test("IDX-43: the curve has its ends, its kink and the rates between", async () => {
  type Point = { utilisation: string; borrowRate: string; supplyRate: string };
  const { rateCurve } = await indexer.query<{ rateCurve: Point[] }>(
    `{ rateCurve(pool: "${usdc.address}", steps: 3) { utilisation borrowRate supplyRate } }`,
  );
  const percent = (value: bigint) => `${(value * WAD) / 100n}`;
  assert.deepEqual(
    rateCurve.map(({ utilisation, borrowRate }) => [utilisation, borrowRate]),
    [
      ["0", percent(1n)],
      [percent(50n), `${(35n * WAD) / 1_000n}`],
      [percent(80n), percent(5n)],
      [percent(100n), percent(80n)],
    ],
  );
  // A tenth of the interest is the reserve's.
  assert.equal(rateCurve[3]?.supplyRate, percent(72n));
});

test("IDX-44: the history of rates covers the time without gaps, newest first, in pages", async () => {
  for (let i = 0; i < 5; i += 1) {
    await pass(100);
    await send(
      chain.client,
      chain.client.writeContract({ address: usdc.address, abi: uTokenAbi, functionName: "accrue", gas: GAS }),
    );
  }
  await now();
  type Page = { items: { from: string; to: string; borrowRate: string }[]; endCursor: string; hasNextPage: boolean };
  const read = (rest: string) =>
    indexer.query<{ rateHistory: Page }>(
      `{ rateHistory(pool: "${usdc.address}", ${rest}) { items { from to borrowRate } endCursor hasNextPage } }`,
    );
  const { rateHistory: first } = await read("first: 3");
  const { rateHistory: rest } = await read(`first: 200, after: "${first.endCursor}"`);
  const all = [...first.items, ...rest.items];
  assert(first.hasNextPage && !rest.hasNextPage && all.length >= 5);
  for (const [index, period] of all.slice(0, 5).entries()) {
    if (index > 0) assert.equal(period.to, all[index - 1]?.from);
    assert(BigInt(period.borrowRate) > (4n * WAD) / 100n - WAD / 1_000n);
  }
  const [, middle] = all;
  assert(middle !== undefined);
  const { rateHistory: between } = await read(`from: "${middle.to}", to: "${BigInt(middle.to) + 1n}"`);
  assert.deepEqual(between.items, [middle]);
});

test("IDX-45: a jump is pending with both prices, then accepted; a silent feed is halted at the second", async () => {
  const price = async (at: bigint) => {
    const { prices } = await indexer.query<{ prices: Record<string, unknown>[] }>(
      `{ prices(assets: ["${weth.asset}"], at: "${at}") { quality low high age source { kind feedId } feed {
        pendingAnswer freshUntil observedAt round } } }`,
    );
    return prices[0] as { quality: string; low: string; high: string; age: string; feed: Record<string, string> };
  };
  lend.relay.answers.set(weth.feedId, 2_400n * 10n ** 8n);
  await lend.relay.push();
  const pending = await price(await now());
  assert.deepEqual([pending.quality, pending.low, pending.high], ["Pending", `${2_000n * WAD}`, `${2_400n * WAD}`]);
  assert.equal(pending.feed.pendingAnswer, `${2_400n * 10n ** 8n}`);

  await pass(61);
  await lend.relay.push();
  const fresh = await price(await now());
  assert.deepEqual([fresh.quality, fresh.low, fresh.feed.pendingAnswer], ["Fresh", `${2_400n * WAD}`, null]);
  const own = { address: lend.receiver, abi: priceFeedReceiverAbi, functionName: "accepted" } as const;
  const { round } = await chain.client.readContract({ ...own, args: [BigInt(weth.feedId)] });
  assert.equal(fresh.feed.round, `${round}`);

  const until = BigInt(fresh.feed.freshUntil ?? 0);
  assert.equal(until, BigInt(fresh.feed.observedAt ?? 0) + 1_800n);
  assert.equal((await price(until)).quality, "Fresh");
  const silent = await price(until + 1n);
  assert.deepEqual([silent.quality, silent.low, silent.high], ["Halted", "0", `${2n ** 128n - 1n}`]);
});

test("IDX-46: the history of a feed has what was accepted, pending and ignored", async () => {
  await lend.relay.push([weth.feedId], 500);
  await now();
  type Page = { items: { kind: string; answer: string | null; observedFrom: string | null }[] };
  const read = (kind: string) =>
    indexer.query<{ priceHistory: Page }>(
      `{ priceHistory(feedId: "${weth.feedId}"${kind}) { items { kind answer observedFrom } } }`,
    );
  const { priceHistory } = await read("");
  assert.deepEqual(
    priceHistory.items.slice(0, 3).map(({ kind }) => kind),
    ["ignored", "accepted", "pending"],
  );
  assert.equal(priceHistory.items[0]?.answer, null);
  const pending = (await read(", kind: pending")).priceHistory.items;
  assert(pending.length > 0 && pending.every(({ kind, observedFrom }) => kind === "pending" && observedFrom !== null));
});

test("IDX-47: a liquidation shows in the account, the list and the actions", async () => {
  await setPrice(weth, 1_400n * 10n ** 8n);
  await pass(901);
  await lend.relay.push();
  const order = {
    borrower: borrower.address,
    debtId: 0n,
    collateralId: 1n,
    maxRepay: maxUint256,
    minSeized: 0n,
    receiver: liquidator.address,
    asShares: false,
    data: "0x",
  } as const;
  const healthOf = async () => {
    const at = await now();
    const { account } = await indexer.query<{ account: { lend: { health: string } } }>(
      `{ account(address: "${borrower.address}") { lend(at: "${at}") { health } } }`,
    );
    return BigInt(account.lend.health);
  };
  const before = await healthOf();
  assert(before < WAD, `health ${before}`);
  await send(
    chain.client,
    chain.client.writeContract({
      address: lend.controller,
      abi: lendControllerAbi,
      functionName: "liquidate",
      args: [order],
      gas: GAS,
      account: liquidator,
    }),
  );
  assert((await healthOf()) > before);
  type Answer = {
    liquidations: { items: { borrower: string; liquidator: string; repaid: string; debtPool: string }[] };
    none: { items: unknown[] };
    account: { lendActions: { items: { kind: string; caller: string | null; assets: string }[] } };
  };
  const answer = await indexer.query<Answer>(
    `{ liquidations(borrower: "${borrower.address}") { items { borrower liquidator repaid debtPool } }
       none: liquidations(liquidator: "${NOBODY}") { items { seq } }
       account(address: "${borrower.address}") { lendActions(first: 2) { items { kind caller assets } } } }`,
  );
  const [liquidation] = answer.liquidations.items;
  assert.equal(answer.liquidations.items.length, 1);
  assert.equal(liquidation?.liquidator, liquidator.address.toLowerCase());
  assert.equal(liquidation.debtPool, usdc.address.toLowerCase());
  assert.deepEqual(answer.none.items, []);
  assert.deepEqual(
    answer.account.lendActions.items.map(({ kind, caller }) => [kind, caller]),
    [
      ["seize", null],
      ["repay", liquidator.address.toLowerCase()],
    ],
  );
  assert.equal(answer.account.lendActions.items[1]?.assets, liquidation.repaid);
});

test("IDX-48: wrong arguments are refused with a reason, and costly queries with their cost", async () => {
  const pool = `pool: "${usdc.address}"`;
  for (const [query, reason] of [
    [`{ rateCurve(${pool}, steps: 1) { borrowRate } }`, /at least 2 steps/],
    [`{ rateCurve(${pool}, steps: 201) { borrowRate } }`, /1 to 200 items/],
    [`{ rateCurve(pool: "${NOBODY}") { borrowRate } }`, /no such pool/],
    [`{ rateHistory(${pool}, first: 0) { endCursor } }`, /1 to 200 items/],
    [`{ rateHistory(${pool}, after: "x'; --") { endCursor } }`, /cursor/],
    [`{ lendMarkets(first: 65) { id } }`, /1 to 64 items/],
    [`{ lendMarket(pool: "0x12") { id } }`, /40 hexadecimal digits/],
    [`{ prices(assets: ["weth"]) { low } }`, /40 hexadecimal digits/],
    [`{ prices(first: 0) { low } }`, /1 to 64 items/],
    [`{ prices(at: "-1") { low } }`, /78 digits/],
    [`{ priceHistory(feedId: "1", kind: other) { endCursor } }`, /PriceRecordKind/],
    [`{ liquidations(first: 201) { endCursor } }`, /1 to 200 items/],
    [`{ account(address: "${NOBODY}") { lend { positions(first: 65) { shares } } } }`, /1 to 64 items/],
    [
      `{ a: liquidations(first: 200) { items { ...l } } b: liquidations(first: 200) { items { ...l } }
         c: liquidations(first: 200) { items { ...l } } d: liquidations(first: 200) { items { ...l } }
         e: liquidations(first: 200) { items { ...l } } }
       fragment l on Liquidation { seq borrower liquidator debtPool collateralPool repaid seized asShares timestamp tx
         protocolAssets }`,
      /could answer with \d+ fields/,
    ],
  ] as const) {
    await assert.rejects(indexer.query(query), reason, query);
  }
});

test("IDX-49: a deployment without lending and oracle is indexed, and says that there is none", async () => {
  const plain = await startIndexer(chain, { home: createHome(chain) });
  try {
    await plain.catchUp();
    const answer = await plain.query(
      `{ lendMarkets { id } prices { low } liquidations { items { seq } } protocol { takerFee }
         account(address: "${borrower.address}") { lend { health positions { shares } } } }`,
    );
    assert.deepEqual(answer, {
      lendMarkets: [],
      prices: [],
      liquidations: { items: [] },
      protocol: { takerFee: 600 },
      account: { lend: { health: `${maxUint256}`, positions: [] } },
    });
  } finally {
    await plain.process.stop();
  }
});
