import assert from "node:assert/strict";

import { lendControllerAbi, priceFeedReceiverAbi, priceOracleAbi, uTokenAbi } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { Chain } from "../chain.ts";
import { allRows } from "../compare.ts";
import type { Indexer } from "../ponder.ts";
import type { LendCrowd } from "./crowd.ts";
import type { Lend, LendPool } from "./deployLend.ts";

type Texts = Readonly<Record<string, string>>;

/** Asserts that everything in the tables of lending and the oracle is what the chain says. */
export async function assertLendEqualsChain(chain: Chain, indexer: Indexer, lend: Lend, crowd: LendCrowd) {
  await indexer.catchUp();
  // What views answer holds at the newest block's time.
  const { timestamp } = await chain.client.getBlock();
  for (const pool of lend.pools) await assertMarket(chain, indexer, lend, pool, timestamp);
  await assertPositions(chain, indexer, lend, crowd);
  await assertHistory(indexer, lend);
  await assertFeeds(chain, indexer, lend);
  await assertPrices(chain, indexer, lend, timestamp);
  for (const account of crowd.accounts) await assertHealth(chain, indexer, lend, account, timestamp);
}

const MARKET = `id pool asset { address } cash debt reserve insurance supplyShares debtShares debtIndex totalAssets
  borrowRate supplyRate supplyCap borrowCap flashFee reserveFactor rateModel { base slope1 slope2 kink }
  collateralFactor threshold closeFactor bonus isIsolated isIsolationDebt loweredAt pausedUntil isRetired`;

async function assertMarket(chain: Chain, indexer: Indexer, lend: Lend, pool: LendPool, at: bigint) {
  type Market = Texts & { asset: { address: Address }; rateModel: Texts };
  const { lendMarket: market } = await indexer.query<{ lendMarket: Market }>(
    `query ($pool: Address!, $at: BigInt) { lendMarket(pool: $pool, at: $at) { ${MARKET} } }`,
    { pool: pool.address, at: `${at}` },
  );
  const own = { address: pool.address, abi: uTokenAbi } as const;
  const read = <N extends "totalAssets" | "borrowRate" | "supplyRate" | "pausedUntil" | "totals" | "parameters">(
    functionName: N,
  ) => chain.client.readContract({ ...own, functionName });
  const totals = await read("totals");
  const [model, reserveFactor, supplyCap, borrowCap, flashFee] = await read("parameters");
  const info = await chain.client.readContract({
    address: lend.controller,
    abi: lendControllerAbi,
    functionName: "assetInfo",
    args: [BigInt(pool.id)],
  });
  const numbers = (source: Texts, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, BigInt(source[name] ?? -1)]));
  const { updatedAt: _, ...sums } = totals;
  const names = ["collateralFactor", "threshold", "closeFactor", "bonus", "loweredAt"];
  assert.deepEqual(
    {
      ...numbers(market, Object.keys(sums)),
      ...numbers(market, ["totalAssets", "borrowRate", "supplyRate", "pausedUntil"]),
      ...numbers(market, ["reserveFactor", "supplyCap", "borrowCap", "flashFee", ...names]),
      ...numbers(market.rateModel, ["base", "slope1", "slope2", "kink"]),
      pool: market.pool,
      asset: market.asset.address,
    },
    {
      ...sums,
      totalAssets: await read("totalAssets"),
      borrowRate: await read("borrowRate"),
      supplyRate: await read("supplyRate"),
      pausedUntil: await read("pausedUntil"),
      reserveFactor,
      supplyCap,
      borrowCap,
      flashFee,
      collateralFactor: info.parameters.collateralFactor,
      threshold: info.parameters.threshold,
      closeFactor: info.parameters.closeFactor,
      bonus: info.bonus,
      loweredAt: info.loweredAt,
      base: model.baseBps,
      slope1: model.slope1Bps,
      slope2: model.slope2Bps,
      kink: model.kinkBps,
      pool: pool.address.toLowerCase(),
      asset: pool.asset.toLowerCase(),
    },
    `market ${pool.symbol}`,
  );
}

async function assertPositions(chain: Chain, indexer: Indexer, { pools, controller }: Lend, { accounts }: LendCrowd) {
  type Row = { pool: string; account: string; shares: string; debtShares: string; isCollateral: boolean };
  const rows = await allRows<Row>(indexer, "lendPositions", "pool account shares debtShares isCollateral");
  type Market = { pool: string; supplyShares: string; debtShares: string; suppliers: number; borrowers: number };
  const fields = "pool supplyShares debtShares suppliers borrowers";
  const markets = await allRows<Market>(indexer, "lendMarkets", fields);
  assert.equal(markets.length, pools.length);
  for (const pool of pools) {
    const own = rows.filter((row) => row.pool === pool.address.toLowerCase());
    const read = { address: pool.address, abi: uTokenAbi } as const;
    for (const account of accounts) {
      const args = [account] as const;
      const row = own.find((candidate) => candidate.account === account.toLowerCase());
      assert.deepEqual(
        [BigInt(row?.shares ?? 0), BigInt(row?.debtShares ?? 0), row?.isCollateral ?? false],
        [
          await chain.client.readContract({ ...read, functionName: "balanceOf", args }),
          await chain.client.readContract({ ...read, functionName: "debtSharesOf", args }),
          await chain.client.readContract({ ...read, functionName: "isCollateral", args }),
        ],
        `${account} in ${pool.symbol}`,
      );
      const bits = { address: controller, abi: lendControllerAbi, functionName: "accountBits", args } as const;
      const [collateral, debt] = await chain.client.readContract(bits);
      const bit = 1n << BigInt(pool.id);
      assert.equal((collateral & bit) !== 0n, row?.isCollateral ?? false);
      assert.equal((debt & bit) !== 0n, BigInt(row?.debtShares ?? 0) > 0n);
    }
    // Nobody is missing: the rows sum up to the whole.
    const market = markets.find((candidate) => candidate.pool === pool.address.toLowerCase());
    const sum = (name: "shares" | "debtShares") => own.reduce((total, row) => total + BigInt(row[name]), 0n);
    assert.deepEqual(
      [BigInt(market?.supplyShares ?? -1), BigInt(market?.debtShares ?? -1), market?.suppliers, market?.borrowers],
      [
        sum("shares"),
        sum("debtShares"),
        own.filter((row) => row.shares !== "0").length,
        own.filter((row) => row.debtShares !== "0").length,
      ],
      `sums of ${pool.symbol}`,
    );
  }
}

/** The histories explain the totals: every unit of cash, debt share and share came by one of their rows. */
async function assertHistory(indexer: Indexer, { pools }: Lend) {
  type Action = { pool: string; kind: string; assets: string; shares: string };
  const actions = await allRows<Action>(indexer, "lendActions", "pool kind assets shares");
  type Move = { pool: string; kind: string; amount: string };
  const moves = await allRows<Move>(indexer, "lendReserveMoves", "pool kind amount");
  type Flash = { pool: string; fee: string };
  const loans = await allRows<Flash>(indexer, "lendFlashLoans", "pool fee");
  type Bad = { pool: string; loss: string; debtShares: string };
  const bad = await allRows<Bad>(indexer, "lendBadDebts", "pool loss debtShares");
  type Accrual = { pool: string; from: string; to: string; interest: string };
  const accruals = await allRows<Accrual>(indexer, "lendAccruals", "pool from to interest");
  type Market = Texts & { pool: string };
  const markets = await allRows<Market>(
    indexer,
    "lendMarkets",
    "pool cash debtShares interest badDebt swept flashFees",
  );
  for (const { address, symbol } of pools) {
    const key = address.toLowerCase();
    const of = <T extends { pool: string }>(rows: readonly T[]) => rows.filter(({ pool }) => pool === key);
    const total = <T>(rows: readonly T[], value: (row: T) => string) =>
      rows.reduce((sum, row) => sum + BigInt(value(row)), 0n);
    const kind = (name: string, value: "assets" | "shares") =>
      total(
        of(actions).filter((row) => row.kind === name),
        (row) => row[value],
      );
    const move = (name: string) =>
      total(
        of(moves).filter((row) => row.kind === name),
        (row) => row.amount,
      );
    const market = markets.find(({ pool }) => pool === key);
    const fees = total(of(loans), (row) => row.fee);
    const cash =
      kind("supply", "assets") +
      kind("repay", "assets") +
      move("insurance") +
      fees -
      (kind("withdraw", "assets") + kind("seize", "assets") + kind("borrow", "assets") + move("sweep"));
    assert.deepEqual(
      Object.fromEntries(
        ["cash", "debtShares", "interest", "badDebt", "swept", "flashFees"].map((name) => [
          name,
          BigInt(market?.[name] ?? -1),
        ]),
      ),
      {
        cash,
        debtShares: kind("borrow", "shares") - kind("repay", "shares") - total(of(bad), (row) => row.debtShares),
        interest: total(of(accruals), (row) => row.interest),
        badDebt: total(of(bad), (row) => row.loss),
        swept: move("sweep"),
        flashFees: fees,
      },
      `history of ${symbol}`,
    );
    for (const { from, to } of of(accruals)) assert(BigInt(from) < BigInt(to));
  }
}

async function assertFeeds(chain: Chain, indexer: Indexer, { pools, receiver }: Lend) {
  const fields = `feedId decimals answer updatedAt observedAt pendingAnswer pendingUpdatedAt pendingObservedAt
    observedFrom deliveredFrom acceptedCount pendingCount ignoredCount`;
  type Row = Readonly<Record<string, string | number | null>>;
  const rows = await allRows<Row>(indexer, "oracleFeeds", fields);
  type Record_ = { feedId: string; kind: string };
  const records = await allRows<Record_>(indexer, "oracleRecords", "feedId kind");
  for (const { feedId } of pools) {
    const row = rows.find((candidate) => candidate.feedId === `${feedId}`);
    assert(row !== undefined, `feed ${feedId}`);
    const own = { address: receiver, abi: priceFeedReceiverAbi, args: [BigInt(feedId)] } as const;
    const accepted = await chain.client.readContract({ ...own, functionName: "accepted" });
    const [pending, observedFrom, deliveredFrom] = await chain.client.readContract({
      ...own,
      functionName: "pending",
    });
    const names = ["answer", "updatedAt", "observedAt"] as const;
    assert.deepEqual(
      [
        ...names.map((name) => BigInt(row[name] ?? 0)),
        ...["pendingAnswer", "pendingUpdatedAt", "pendingObservedAt"].map((name) => BigInt(row[name] ?? 0)),
        BigInt(row.observedFrom ?? 0),
        BigInt(row.deliveredFrom ?? 0),
      ],
      [...names.map((name) => accepted[name]), ...names.map((name) => pending[name]), observedFrom, deliveredFrom],
      `feed ${feedId}`,
    );
    const count = (kind: string) =>
      records.filter((record) => record.feedId === `${feedId}` && record.kind === kind).length;
    assert.deepEqual(
      [row.acceptedCount, row.pendingCount, row.ignoredCount],
      [count("accepted"), count("pending"), count("ignored")],
    );
  }
}

const QUALITIES = ["Halted", "Fallback", "Pending", "Fresh"];
const NEVER = 2n ** 256n - 1n;

async function assertPrices(chain: Chain, indexer: Indexer, lend: Lend, at: bigint) {
  type Price = {
    asset: string;
    low: string;
    high: string;
    quality: string;
    updatedAt: string;
    liquidatableFrom: string;
  };
  const { prices } = await indexer.query<{ prices: Price[] }>(
    "query ($at: BigInt) { prices(at: $at) { asset low high quality updatedAt liquidatableFrom } }",
    { at: `${at}` },
  );
  for (const { asset, symbol } of lend.pools) {
    const price = prices.find((candidate) => candidate.asset === asset.toLowerCase());
    const own = { address: lend.priceOracle, abi: priceOracleAbi, functionName: "tryPrice", args: [asset] } as const;
    const quote = await chain.client.readContract(own);
    assert.deepEqual(
      [price?.low, price?.high, price?.updatedAt, price?.quality],
      [`${quote.low}`, `${quote.high}`, `${quote.updatedAt}`, QUALITIES[quote.quality]],
      `price of ${symbol}`,
    );
    // Whether, not since when: a beat that nobody told of moves the latter only in the past.
    const waits = (from: bigint) => (from === NEVER ? "never" : from > at ? `${from}` : "now");
    assert.equal(waits(BigInt(price?.liquidatableFrom ?? 0)), waits(quote.liquidatableFrom), `grace of ${symbol}`);
  }
}

async function assertHealth(chain: Chain, indexer: Indexer, lend: Lend, account: Address, at: bigint) {
  type Position = { market: { pool: string }; assets: string; debt: string };
  type Answer = { account: { lend: Texts & { positions: Position[] } } };
  const { account: answer } = await indexer.query<Answer>(
    `query ($account: Address!, $at: BigInt) {
      account(address: $account) {
        lend(at: $at) { collateral power threshold debt health quality positions { market { pool } assets debt } }
      }
    }`,
    { account, at: `${at}` },
  );
  const own = { address: lend.controller, abi: lendControllerAbi, functionName: "healthOf", args: [account] } as const;
  const { quality, ...values } = await chain.client.readContract(own);
  assert.deepEqual(
    Object.fromEntries([...Object.keys(values), "quality"].map((name) => [name, answer.lend[name]])),
    {
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `${value}`])),
      quality: QUALITIES[quality],
    },
    `health of ${account}`,
  );
  for (const { address, symbol } of lend.pools) {
    const position = answer.lend.positions.find(({ market }) => market.pool === address.toLowerCase());
    const pool = { address, abi: uTokenAbi } as const;
    const args = [account] as const;
    const shares = await chain.client.readContract({ ...pool, functionName: "balanceOf", args });
    assert.deepEqual(
      [BigInt(position?.assets ?? 0), BigInt(position?.debt ?? 0)],
      [
        await chain.client.readContract({ ...pool, functionName: "convertToAssets", args: [shares] }),
        await chain.client.readContract({ ...pool, functionName: "debtOf", args }),
      ],
      `${account} in ${symbol}`,
    );
  }
}
