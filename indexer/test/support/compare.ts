import assert from "node:assert/strict";

import { decodeTerms, pairObserverAbi, FillStatus } from "@cxmpute/sdk";
import { getAddress, zeroAddress, type Address } from "viem";

import { toDecimal, wholeTokens } from "../../src/api/book/displayPrice.ts";
import { CANDLE_LENGTHS, STORED_CANDLES } from "../../src/lib/candleLengths.ts";
import type { PairFill } from "../../src/lib/candleOfFill.ts";
import type { Crowd } from "./actions.ts";
import { candleModel } from "./candleModel.ts";
import { bookOf, type Chain } from "./chain.ts";
import type { Indexer } from "./ponder.ts";

const CHECKS_AT_A_TIME = 20;
const CONTRACT_FLAGS = 0b11;

interface OrderRow {
  readonly id: string;
  readonly owner: string;
  readonly maker: string;
  readonly expiry: string;
  readonly sellToken: string;
  readonly buyToken: string;
  readonly status: string;
  readonly initialAmount: string;
  readonly remaining: string;
  readonly price: string;
  readonly terms: number;
  readonly isPrivate: boolean;
  readonly isReleased: boolean;
  readonly isTransferred: boolean;
  readonly privateTaker: string | null;
  readonly releaseStart: string | null;
  readonly releaseEnd: string | null;
  readonly releaseInitial: string | null;
  readonly sold: string;
  readonly paid: string;
  readonly fees: string;
}

/** What the API works out from an order's row. */
interface OrderAnswer {
  readonly fillStatus: keyof typeof FillStatus;
  readonly available: string;
  readonly nonce: string;
  readonly minFill: string;
  readonly isAllOrNone: boolean;
  readonly isExactPayment: boolean;
  readonly isObserved: boolean;
}

interface FillRow {
  readonly seq: string;
  readonly orderId: string;
  readonly pairId: string;
  readonly sellToken: string;
  readonly sold: string;
  readonly paid: string;
  readonly fee: string;
  readonly timestamp: string;
}

/** Asserts that everything in the tables is what the chain says, or follows from rows that are. */
export async function assertEqualsChain(chain: Chain, indexer: Indexer, crowd: Crowd): Promise<void> {
  await indexer.catchUp();
  const orders = await allRows<OrderRow>(indexer, "orders", ORDER_FIELDS);
  await assertOrders(chain, indexer, crowd, orders);
  await assertAccounts(chain, indexer, crowd);
  await assertMoney(chain, indexer, crowd, orders);
  await assertParameters(chain, indexer);
  await assertLevels(indexer, orders);
  await assertFills(indexer, orders);
  await assertObservations(chain, indexer);
}

const ORDER_FIELDS = `id owner maker expiry sellToken buyToken status initialAmount remaining price terms isPrivate
  isReleased isTransferred privateTaker releaseStart releaseEnd releaseInitial sold paid fees`;

/** All rows of a table, page by page. */
export async function allRows<T>(indexer: Indexer, table: string, fields: string): Promise<T[]> {
  const rows: T[] = [];
  let after: string | null = null;
  do {
    const cursor: string = after === null ? "" : `, after: "${after}"`;
    type Page = Record<string, { items: T[]; pageInfo: { endCursor: string; hasNextPage: boolean } }>;
    const answer: Page = await indexer.rows<Page>(
      `{ ${table}(limit: 1000${cursor}) { items { ${fields} } pageInfo { endCursor hasNextPage } } }`,
    );
    const page = answer[table];
    assert(page !== undefined);
    rows.push(...page.items);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
}

async function assertOrders(chain: Chain, indexer: Indexer, crowd: Crowd, orders: readonly OrderRow[]) {
  const { client } = chain;
  const { timestamp } = await client.getBlock();
  const known = new Set(orders.map((row) => BigInt(row.id)));
  await inParallel(
    [...crowd.ids].filter((id) => !known.has(id)),
    async (id) => {
      const { status } = await client.readContract({
        ...bookOf(chain),
        functionName: "order",
        args: [id, zeroAddress],
      });
      assert.equal(status, FillStatus.Nonexistent, `order ${id} is on the chain and not in the tables`);
    },
  );
  await inParallel(orders, async (row) => {
    const id = BigInt(row.id);
    const [taker] = crowd.traders;
    assert(taker !== undefined);
    const args = [id, taker.address] as const;
    const onChain = await client.readContract({ ...bookOf(chain), functionName: "order", args });
    const isGone = row.status === "filled" || row.status === "cancelled";
    assert.equal(onChain.status === FillStatus.Nonexistent, isGone, `order ${id} ${row.status}`);
    const { order } = await indexer.query<{ order: OrderAnswer }>(
      `query ($id: BigInt!, $taker: Address, $at: BigInt) { order(id: $id) {
        fillStatus(taker: $taker, at: $at) available(at: $at) nonce minFill isAllOrNone isExactPayment isObserved
      } }`,
      { id: row.id, taker: taker.address, at: `${timestamp}` },
    );
    assert.equal(FillStatus[order.fillStatus], onChain.status, `order ${id}: ${order.fillStatus}`);
    if (isGone) {
      assert.equal(row.remaining, "0", `order ${id}`);
      return;
    }
    assert.deepEqual(
      {
        owner: getAddress(row.owner),
        maker: getAddress(row.maker),
        nonce: BigInt(order.nonce),
        expiry: Number(row.expiry),
        sellToken: getAddress(row.sellToken),
        buyToken: getAddress(row.buyToken),
        remaining: BigInt(row.remaining),
        available: BigInt(order.available),
        price: BigInt(row.price),
        terms: row.terms & ~CONTRACT_FLAGS,
        minFill: BigInt(order.minFill),
        allOrNone: order.isAllOrNone,
        exactPayment: order.isExactPayment,
        observed: order.isObserved,
        isTransferred: row.isTransferred,
        privateTaker: getAddress(row.privateTaker ?? zeroAddress),
        releaseStart: Number(row.releaseStart ?? 0),
        releaseEnd: Number(row.releaseEnd ?? 0),
        initial: BigInt(row.releaseInitial ?? 0),
      },
      {
        owner: onChain.owner,
        maker: onChain.maker,
        nonce: onChain.nonce,
        expiry: onChain.expiry,
        sellToken: onChain.sellToken,
        buyToken: onChain.buyToken,
        remaining: onChain.remaining,
        available: onChain.available,
        price: onChain.price,
        terms: onChain.terms & ~CONTRACT_FLAGS,
        ...choicesOf(onChain.terms),
        isTransferred: (onChain.terms & 1) !== 0,
        privateTaker: onChain.privateTaker,
        releaseStart: onChain.releaseStart,
        releaseEnd: onChain.releaseEnd,
        initial: onChain.initial,
      },
      `order ${id}`,
    );
    const isExpired = row.expiry !== "4294967295" && BigInt(row.expiry) <= timestamp;
    assert.equal(row.status === "open", !isExpired && onChain.status !== FillStatus.Cancelled, `order ${id}`);
  });
}

function choicesOf(terms: number) {
  const { minFill, allOrNone, exactPayment, observed } = decodeTerms(terms);
  return { minFill, allOrNone, exactPayment, observed };
}

async function inParallel<T>(items: readonly T[], check: (item: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < items.length; i += CHECKS_AT_A_TIME) {
    await Promise.all(items.slice(i, i + CHECKS_AT_A_TIME).map(check));
  }
}

async function assertAccounts(chain: Chain, indexer: Indexer, { traders }: Crowd) {
  type Row = { address: string; balance: number; orderCount: number; epoch: string };
  const rows = new Map(
    (await allRows<Row>(indexer, "accounts", "address balance orderCount epoch")).map((row) => [row.address, row]),
  );
  for (const { address } of traders) {
    const book = bookOf(chain);
    const balance = await chain.client.readContract({ ...book, functionName: "balanceOf", args: [address] });
    const [next, epoch] = await chain.client.readContract({ ...book, functionName: "nonces", args: [address] });
    const row = rows.get(address.toLowerCase()) ?? { balance: 0, orderCount: 0, epoch: "0" };
    const figures = { balance: BigInt(row.balance), next: BigInt(row.orderCount), epoch: BigInt(row.epoch) };
    assert.deepEqual(figures, { balance, next, epoch }, `account ${address}`);
  }
}

async function assertMoney(chain: Chain, indexer: Indexer, { traders, tokens }: Crowd, orders: readonly OrderRow[]) {
  const { client } = chain;
  const book = bookOf(chain);
  type CreditRow = { account: string; token: string; amount: string; withdrawn: string; relayerFees: string };
  type EventRow = { account: string; token: string; kind: string; amount: string };
  const credits = await allRows<CreditRow>(indexer, "credits", "account token amount withdrawn relayerFees");
  const events = await allRows<EventRow>(indexer, "creditEvents", "account token kind amount");
  for (const row of credits) {
    const own = events.filter(({ account, token }) => account === row.account && token === row.token);
    const total = (kinds: readonly string[]) =>
      sum(
        own.filter(({ kind }) => kinds.includes(kind)),
        (e) => e.amount,
      );
    assert.equal(BigInt(row.withdrawn), total(["withdrawal"]));
    assert.equal(BigInt(row.relayerFees), total(["relayerFee"]));
    assert.equal(BigInt(row.amount), total(["payment", "refund", "relayerFee"]) - total(["withdrawal"]));
  }
  for (const token of tokens) {
    const key = token.toLowerCase();
    for (const { address } of traders) {
      const row = credits.find((credit) => credit.account === address.toLowerCase() && credit.token === key);
      const amount = await client.readContract({ ...book, functionName: "creditOf", args: [address, token] });
      assert.equal(BigInt(row?.amount ?? 0), amount, `credit of ${address} in ${token}`);
    }
    type TokenRow = { token: { accruedFees: string } | null };
    const { token: row } = await indexer.query<TokenRow>(`{ token(address: "${token}") { accruedFees } }`);
    const fees = await client.readContract({ ...book, functionName: "accruedFees", args: [token] });
    assert.equal(BigInt(row?.accruedFees ?? 0), fees, `fees in ${token}`);
    // Nothing is left over: what the tables know explains all that the contract holds.
    const held = await client.readContract({
      address: token,
      abi: BALANCE_ABI,
      functionName: "balanceOf",
      args: [chain.book],
    });
    const escrowed = sum(
      orders.filter(({ sellToken }) => sellToken === key),
      ({ remaining }) => remaining,
    );
    const owed = sum(
      credits.filter((credit) => credit.token === key),
      ({ amount }) => amount,
    );
    assert.equal(escrowed + owed + fees, held, `what the book holds of ${token}`);
  }
}

const BALANCE_ABI = [
  {
    type: "function",
    name: "balanceOf",
    stateMutability: "view",
    inputs: [{ name: "account", type: "address" }],
    outputs: [{ type: "uint256" }],
  },
] as const;

async function assertParameters(chain: Chain, indexer: Indexer) {
  const book = bookOf(chain);
  type Row = { protocol: { takerFee: number; feeCollector: string; pausedUntil: string; isRetired: boolean } };
  const { protocol } = await indexer.query<Row>(`{ protocol { takerFee feeCollector pausedUntil isRetired } }`);
  const read = (functionName: "takerFee" | "pausedUntil") => chain.client.readContract({ ...book, functionName });
  assert.equal(BigInt(protocol.takerFee), await read("takerFee"));
  assert.equal(BigInt(protocol.pausedUntil), await read("pausedUntil"));
  assert.equal(
    getAddress(protocol.feeCollector),
    await chain.client.readContract({ ...book, functionName: "feeCollector" }),
  );
  assert.equal(protocol.isRetired, false);
}

async function assertLevels(indexer: Indexer, orders: readonly OrderRow[]) {
  type Row = { sellToken: string; buyToken: string; price: string; amount: string; orderCount: number };
  const rows = await allRows<Row>(indexer, "levels", "sellToken buyToken price amount orderCount");
  const expected = new Map<string, { amount: bigint; orderCount: number }>();
  for (const order of orders) {
    if (order.status !== "open" || order.isPrivate || order.isReleased) continue;
    const key = `${order.sellToken} ${order.buyToken} ${order.price}`;
    const level = expected.get(key) ?? { amount: 0n, orderCount: 0 };
    expected.set(key, { amount: level.amount + BigInt(order.remaining), orderCount: level.orderCount + 1 });
  }
  const actual = new Map(
    rows
      .filter(({ amount, orderCount }) => orderCount !== 0 || amount !== "0")
      .map((row) => [
        `${row.sellToken} ${row.buyToken} ${row.price}`,
        { amount: BigInt(row.amount), orderCount: row.orderCount },
      ]),
  );
  assert.deepEqual(sorted(actual), sorted(expected), "levels");
}

async function assertFills(indexer: Indexer, orders: readonly OrderRow[]) {
  const fills = await allRows<FillRow>(indexer, "fills", "seq orderId pairId sellToken sold paid fee timestamp");
  for (const order of orders) {
    const own = fills.filter(({ orderId }) => orderId === order.id);
    const totals = { sold: sum(own, (f) => f.sold), paid: sum(own, (f) => f.paid), fees: sum(own, (f) => f.fee) };
    assert.deepEqual({ sold: BigInt(order.sold), paid: BigInt(order.paid), fees: BigInt(order.fees) }, totals);
  }

  type PairRow = { id: string; fillCount: number; openOrders: number; volume0: string; volume1: string };
  for (const pair of await allRows<PairRow>(indexer, "pairs", "id fillCount openOrders volume0 volume1")) {
    const own = fills.filter(({ pairId }) => pairId === pair.id).map(asTrade);
    assert.equal(pair.fillCount, own.length);
    assert.equal(
      BigInt(pair.volume0),
      sum(own, (trade) => trade.amount0),
    );
    assert.equal(
      BigInt(pair.volume1),
      sum(own, (trade) => trade.amount1),
    );
    const open = orders.filter((order) => order.status === "open" && pairIdOf(order) === pair.id);
    assert.equal(pair.openOrders, open.length, `open orders of ${pair.id}`);
  }
  await assertCandles(indexer, fills);
}

async function assertCandles(indexer: Indexer, fills: readonly FillRow[]) {
  const fields = `pairId interval start open0 open1 high0 high1 low0 low1 close0 close1 volume0 volume1 fillCount`;
  type Row = { pairId: string; interval: number } & Record<string, string | number>;
  const rows = await allRows<Row>(indexer, "candles", fields);
  const ordered = [...fills].sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? -1 : 1));
  const pairs = new Map(ordered.map(({ pairId }) => [pairId, ordered.filter((fill) => fill.pairId === pairId)]));
  const expected = [...pairs].flatMap(([pairId, own]) =>
    STORED_CANDLES.flatMap((interval) =>
      candleModel(own.map(asTrade), BigInt(interval)).map((candle) => ({ pairId, interval, ...inStrings(candle) })),
    ),
  );
  assert.deepEqual(keyed(rows), keyed(expected), "candles");
  for (const [pairId, own] of pairs) await assertEveryLength(indexer, pairId, own.map(asTrade));
}

const CANDLE_LIMIT = 1_000;

/** Candles of the API, those that no table holds included. */
async function assertEveryLength(indexer: Indexer, pairId: string, trades: readonly PairFill[]) {
  const [base, quote] = pairId.split("-");
  const sides = `base: "${base}", quote: "${quote}"`;
  type Decimals = { decimals: number | null };
  const { pair } = await indexer.query<{ pair: { base: Decimals; quote: Decimals } }>(
    `{ pair(${sides}) { base { decimals } quote { decimals } } }`,
  );
  const price = (amount0: bigint, amount1: bigint) =>
    toDecimal(
      wholeTokens({ numerator: amount1, denominator: amount0 }, pair.base.decimals ?? 0, pair.quote.decimals ?? 0),
    );
  for (const [interval, { seconds }] of Object.entries(CANDLE_LENGTHS)) {
    const { candles } = await indexer.query<{ candles: object[] }>(
      `{ candles(${sides}, interval: ${interval}, limit: ${CANDLE_LIMIT}) {
        start open high low close baseVolume quoteVolume fillCount
      } }`,
    );
    const expected = candleModel(trades, BigInt(seconds)).map((candle) => ({
      start: `${candle.start}`,
      open: price(candle.open0, candle.open1),
      high: price(candle.high0, candle.high1),
      low: price(candle.low0, candle.low1),
      close: price(candle.close0, candle.close1),
      baseVolume: `${candle.volume0}`,
      quoteVolume: `${candle.volume1}`,
      fillCount: candle.fillCount,
    }));
    assert(expected.length > 0 && expected.length <= CANDLE_LIMIT);
    assert.deepEqual(candles, expected, `candles of ${interval}`);
  }
}

function inStrings(candle: Readonly<Record<string, bigint | number>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(candle).map(([name, value]) => [name, typeof value === "bigint" ? `${value}` : value]),
  );
}

function keyed<T extends Readonly<Record<string, string | number>>>(rows: readonly T[]): [string, T][] {
  return sorted(new Map(rows.map((row) => [`${row.pairId} ${row.interval} ${row.start}`, row])));
}

async function assertObservations(chain: Chain, indexer: Indexer) {
  type Row = { token0: Address; token1: Address; volume0: string; volume1: string };
  const observer = { address: chain.observer, abi: pairObserverAbi } as const;
  for (const row of await allRows<Row>(indexer, "observedPairs", "token0 token1 volume0 volume1")) {
    const pair = [row.token0, row.token1] as const;
    const [held] = await chain.client.readContract({ ...observer, functionName: "cardinality", args: pair });
    // Until a pair's first fill there is nothing to observe.
    const { volume0, volume1 } =
      held === 0n
        ? { volume0: 0n, volume1: 0n }
        : await chain.client.readContract({ ...observer, functionName: "observe", args: [...pair, 0n] });
    assert.deepEqual([BigInt(row.volume0), BigInt(row.volume1)], [volume0, volume1]);
  }
}

function asTrade({ pairId, sellToken, sold, paid, timestamp }: FillRow): PairFill {
  const [amount0, amount1] = pairId.startsWith(sellToken) ? [sold, paid] : [paid, sold];
  return { timestamp: BigInt(timestamp), amount0: BigInt(amount0), amount1: BigInt(amount1) };
}

function pairIdOf({ sellToken, buyToken }: OrderRow): string {
  return sellToken < buyToken ? `${sellToken}-${buyToken}` : `${buyToken}-${sellToken}`;
}

function sum<T>(items: readonly T[], read: (item: T) => bigint | string): bigint {
  return items.reduce((total, item) => total + BigInt(read(item)), 0n);
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
