import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { demoTokenAbi, encodePrice, NO_EXPIRY, orderNftAbi, packOrderId } from "@cxmpute/sdk";
import { parseEther, zeroAddress, type Address } from "viem";
import { mnemonicToAccount } from "viem/accounts";

import { CANDLE_LENGTHS } from "../src/lib/candleLengths.ts";
import { pairOf } from "../src/lib/pair.ts";
import { candleModel } from "./support/candleModel.ts";
import { eventually } from "./support/children.ts";
import { bookOf, deploy, deployToken, fund, MNEMONIC, send, startChain, type Chain } from "./support/chain.ts";
import { allRows } from "./support/compare.ts";
import { createHome, startIndexer, type Indexer } from "./support/ponder.ts";
import { createRandom } from "./support/random.ts";
import { subscribe } from "./support/sse.ts";

const USDC = 10n ** 6n;
const maker = mnemonicToAccount(MNEMONIC, { addressIndex: 1 });
const taker = mnemonicToAccount(MNEMONIC, { addressIndex: 2 });

let chain: Chain;
let indexer: Indexer;
let weth: Address;
let usdc: Address;

interface Level {
  readonly price: string;
  readonly base: string;
  readonly quote: string;
  readonly baseTotal: string;
  readonly orderCount: number;
}

interface Book {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly mid: string | null;
  readonly spread: string | null;
}

before(async () => {
  chain = await startChain();
  weth = await deployToken(chain.client, "WETH", 18);
  usdc = await deployToken(chain.client, "USDC", 6);
  for (const trader of [maker, taker]) await fund(chain, trader, [weth, usdc], 10n ** 30n);
  // Anvil's clock may run ahead, never behind: the API takes the later of the two.
  const home = createHome(chain, { WETH: { address: weth, decimals: 18 }, USDC: { address: usdc, decimals: 6 } });
  indexer = await startIndexer(chain, {
    home,
    env: { CORS_ORIGINS: "https://app.example,https://other.example", MAX_SUBSCRIPTIONS: "3" },
  });
});

after(async () => {
  await indexer?.process.stop();
  await chain?.process.stop();
});

/** An order of the maker: `wholePrice` USDC for a whole WETH. */
async function place(
  side: "ask" | "bid",
  wholePrice: number,
  ethers: string,
  rare: Partial<{
    expiry: number;
    terms: number;
    privateTaker: Address;
    releaseStart: number;
    releaseEnd: number;
  }> = {},
): Promise<bigint> {
  const ether = parseEther(ethers);
  const cost = (ether * BigInt(Math.round(wholePrice * 1e6))) / 10n ** 18n;
  const { expiry = NO_EXPIRY, terms = 0, privateTaker = zeroAddress, releaseStart = 0, releaseEnd = 0 } = rare;
  const [sellToken, buyToken, sellAmount, price] =
    side === "ask" ? [weth, usdc, ether, encodePrice(cost, ether)] : [usdc, weth, cost, encodePrice(ether, cost)];
  const order = {
    maker: maker.address,
    sellToken,
    buyToken,
    sellAmount,
    price,
    expiry,
    terms,
    privateTaker,
    releaseStart,
    releaseEnd,
  };
  const book = bookOf(chain);
  const [nonce] = await chain.client.readContract({ ...book, functionName: "nonces", args: [maker.address] });
  await send(
    chain.client,
    chain.client.writeContract({ ...book, functionName: "createMany", args: [[order]], account: maker }),
  );
  return packOrderId({ maker: maker.address, nonce, expiry });
}

async function readBook(at?: bigint, depth = 20): Promise<Book> {
  await indexer.catchUp();
  const { orderBook } = await indexer.query<{ orderBook: Book }>(
    `query ($base: Address!, $quote: Address!, $at: BigInt, $depth: Int) {
      orderBook(base: $base, quote: $quote, at: $at, depth: $depth) {
        bids { price base quote baseTotal orderCount } asks { price base quote baseTotal orderCount } mid spread
      }
    }`,
    { base: weth, quote: usdc, at: at === undefined ? null : `${at}`, depth },
  );
  return orderBook;
}

async function chainTime(): Promise<bigint> {
  return (await chain.client.getBlock()).timestamp;
}

test("IDX-04: an unknown market is null, and a token that was never traded too", async () => {
  const answer = await indexer.query(
    `{ orderBook(base: "${weth}", quote: "${usdc}") { mid } token(address: "${weth}") { symbol } }`,
  );
  assert.deepEqual(answer, { orderBook: null, token: null });
});

test("IDX-05: the book has both sides, best first, and leaves out what cannot be filled at that time", async () => {
  const now = await chainTime();
  await place("ask", 3_010, "2");
  await place("ask", 3_000, "1");
  await place("ask", 3_000, "0.5");
  await place("bid", 2_990, "4");
  await place("ask", 2_995, "7", { privateTaker: taker.address });
  await place("ask", 2_999, "3", { expiry: Number(now) + 1_000 });
  await place("ask", 2_998, "8", { releaseStart: Number(now) + 1_000, releaseEnd: Number(now) + 2_000 });

  const early = await readBook(now + 999n);
  assert.deepEqual(
    early.asks.map((level) => [level.price, level.base, level.orderCount]),
    [
      ["2999", `${parseEther("3")}`, 1],
      ["3000", `${parseEther("1.5")}`, 2],
      ["3010", `${parseEther("2")}`, 1],
    ],
  );
  assert.equal(early.asks.at(-1)?.baseTotal, `${parseEther("6.5")}`);
  assert.equal(early.asks[1]?.quote, `${4_500n * USDC + 1n}`, "a price of 72 bits, and both round up");
  assert.equal(early.bids.length, 1);
  assert.equal(early.bids[0]?.quote, `${11_960n * USDC}`);
  assert.match(early.bids[0]?.price ?? "", /^2990$|^2989\.99999/);

  const late = await readBook(now + 1_500n);
  assert.deepEqual(
    late.asks.map((level) => level.price),
    ["2998", "3000", "3010"],
    "expired gone, released come",
  );
  assert.equal(late.asks[0]?.base, `${parseEther("4")}`, "half of it is released at half time");
  assert.deepEqual(
    (await readBook(now + 1_500n, 1)).asks.map((level) => level.price),
    ["2998"],
  );
  assert.match(late.spread ?? "", /^8(\.0000|$)|^7\.9999/);
  assert.match(late.mid ?? "", /^299[34](\.|$)/);
});

test("IDX-06: an order that passes its expiry leaves the levels with the next block", async () => {
  const now = await chainTime();
  const id = await place("ask", 2_900, "1", { expiry: Number(now) + 20 });
  await indexer.catchUp();
  await chain.client.increaseTime({ seconds: 30 });
  await chain.client.mine({ blocks: 1 });
  await indexer.catchUp();
  const { order } = await indexer.query<{ order: { status: string; fillStatus: string } }>(
    `{ order(id: "${id}") { status fillStatus } }`,
  );
  assert.deepEqual(order, { status: "expired", fillStatus: "Expired" });
  assert.notEqual((await readBook()).asks[0]?.price, "2900");
});

test("IDX-07: bestFill's leg does on the chain what it says, for amounts and budgets, public and private", async () => {
  const random = createRandom(7);
  for (let i = 0; i < 25; i += 1) {
    const minFill = random.chance(0.3) ? (50 + random.below(12)) << 7 : 0;
    const terms = minFill | (random.chance(0.2) ? 0x7f << 7 : 0);
    const rare = random.chance(0.2) ? { privateTaker: taker.address } : {};
    await place(random.chance(0.5) ? "ask" : "bid", 2_980 + random.below(40), `0.${1 + random.below(99)}`, {
      terms,
      ...rare,
    });
  }
  for (let i = 0; i < 12; i += 1) {
    await indexer.catchUp();
    const [sellToken, buyToken] = random.chance(0.5) ? [weth, usdc] : [usdc, weth];
    const unit = random.chance(0.5) === (sellToken === weth) ? parseEther("1") : 3_000n * USDC;
    const size = random.amount(unit / 100n, unit * 2n);
    const isBudget = unit === (buyToken === weth ? parseEther("1") : 3_000n * USDC);
    const at = (await chainTime()) + 1n;
    const { bestFill } = await indexer.query<{ bestFill: BestFill }>(
      `query ($sell: Address!, $buy: Address!, $amount: BigInt, $budget: BigInt, $taker: Address, $at: BigInt) {
        bestFill(sellToken: $sell, buyToken: $buy, amount: $amount, budget: $budget, taker: $taker, at: $at, spareOrders: 3) {
          leg { sellToken buyToken takeAmount maxPay minReceive maxPrice ids limits } taken received paid averagePrice
          fills { id sold paid fee }
        }
      }`,
      {
        sell: sellToken,
        buy: buyToken,
        amount: isBudget ? null : `${size}`,
        budget: isBudget ? `${size}` : null,
        taker: taker.address,
        at: `${at}`,
      },
    );
    assert(bestFill.leg.ids.length > 0, "nothing to fill");
    const before = await holdings(sellToken, buyToken);
    await chain.client.setNextBlockTimestamp({ timestamp: at });
    await fillLeg(bestFill);
    const now = await holdings(sellToken, buyToken);
    assert.equal(now.sell - before.sell, BigInt(bestFill.received), "received");
    assert.equal(before.buy - now.buy, BigInt(bestFill.paid), "paid");
    assert(isBudget ? BigInt(bestFill.paid) <= size : BigInt(bestFill.taken) <= size);
    assert.equal(
      bestFill.fills.reduce((total, fill) => total + BigInt(fill.sold), 0n),
      BigInt(bestFill.taken),
    );
    assert.match(bestFill.averagePrice ?? "", /^\d+(\.\d+)?$/);
  }
});

interface BestFill {
  readonly leg: Record<"takeAmount" | "maxPay" | "minReceive" | "maxPrice", string> & {
    readonly sellToken: Address;
    readonly buyToken: Address;
    readonly ids: readonly string[];
    readonly limits: readonly string[];
  };
  readonly taken: string;
  readonly received: string;
  readonly paid: string;
  readonly averagePrice: string | null;
  readonly fills: readonly { readonly sold: string }[];
}

async function holdings(sellToken: Address, buyToken: Address) {
  const read = (address: Address) =>
    chain.client.readContract({ address, abi: demoTokenAbi, functionName: "balanceOf", args: [taker.address] });
  return { sell: await read(sellToken), buy: await read(buyToken) };
}

async function fillLeg({ leg }: BestFill): Promise<void> {
  const legs = [
    {
      sellToken: leg.sellToken,
      buyToken: leg.buyToken,
      takeAmount: BigInt(leg.takeAmount),
      maxPay: BigInt(leg.maxPay),
      minReceive: BigInt(leg.minReceive),
      maxPrice: BigInt(leg.maxPrice),
      ids: leg.ids.map(BigInt),
      limits: leg.limits.map(BigInt),
    },
  ];
  const options = {
    recipient: zeroAddress,
    relayer: zeroAddress,
    relayerFee: 0,
    flags: 0,
    deadline: 0,
    data: "0x",
  } as const;
  const call = {
    address: chain.book,
    abi: orderNftAbi,
    functionName: "fillOrders",
    args: [legs, options],
    account: taker,
  } as const;
  await send(chain.client, chain.client.writeContract({ ...call, gas: 5_000_000n }));
}

test("IDX-08: fills and orders come page by page, each once, and the account has them", async () => {
  await indexer.catchUp();
  type Page = { items: { seq: string }[]; endCursor: string; hasNextPage: boolean };
  const seen: string[] = [];
  let cursor: string | null = null;
  let isDone = false;
  while (!isDone) {
    const after: string = cursor === null ? "" : `, after: "${cursor}"`;
    const { fills } = await indexer.query<{ fills: Page }>(
      `{ fills(base: "${weth}", quote: "${usdc}", first: 3${after}) { items { seq } endCursor hasNextPage } }`,
    );
    assert(fills.items.length <= 3);
    seen.push(...fills.items.map(({ seq }) => seq));
    cursor = fills.endCursor;
    isDone = !fills.hasNextPage;
  }
  const { pair, account, pairs } = await indexer.query<{
    pair: { fillCount: number; orderCount: number; openOrders: number; lastPrice: string };
    account: { balance: number; orders: { items: { id: string; status: string }[] }; fills: Page };
    pairs: { items: { base: { symbol: string }; quote: { symbol: string } }[] };
  }>(`{
    pair(base: "${weth}", quote: "${usdc}") { fillCount orderCount openOrders lastPrice }
    pairs { items { base { symbol } quote { symbol } } }
    account(address: "${maker.address}") {
      balance orders(first: 200) { items { id status } } fills(first: 200) { items { seq } }
    }
  }`);
  assert.equal(new Set(seen).size, seen.length);
  assert.equal(seen.length, pair.fillCount);
  assert.deepEqual(
    account.fills.items.map(({ seq }) => seq),
    seen,
  );
  assert.equal(account.orders.items.length, pair.orderCount);
  const held = account.orders.items.filter(({ status }) => status === "open" || status === "expired");
  assert.equal(account.balance, held.length);
  assert.deepEqual(pairs.items, [{ base: { symbol: "WETH" }, quote: { symbol: "USDC" } }]);
  assert(Number(pair.lastPrice) > 2_900 && Number(pair.lastPrice) < 3_100, pair.lastPrice);
});

test("IDX-09: candles read the same from either side", async () => {
  type Candle = {
    open: string;
    high: string;
    low: string;
    close: string;
    baseVolume: string;
    quoteVolume: string;
    fillCount: number;
  };
  const ask = (base: Address, quote: Address, interval: string) =>
    indexer.query<{ candles: Candle[] }>(
      `{ candles(base: "${base}", quote: "${quote}", interval: ${interval}) { open high low close baseVolume quoteVolume fillCount } }`,
    );
  const { candles } = await ask(weth, usdc, "M1");
  const { candles: mirrored } = await ask(usdc, weth, "M1");
  assert(candles.length > 0 && candles.length === mirrored.length);
  candles.forEach((candle, index) => {
    const mirror = mirrored[index];
    assert(mirror !== undefined);
    assert(Number(candle.low) <= Number(candle.open) && Number(candle.open) <= Number(candle.high));
    assert(Math.abs(Number(candle.high) * Number(mirror.low) - 1) < 1e-12, "the high is the mirror's low");
    assert(Math.abs(Number(candle.close) * Number(mirror.close) - 1) < 1e-12);
    assert.equal(candle.baseVolume, mirror.quoteVolume);
  });
  const { candles: days } = await ask(weth, usdc, "D1");
  const count = (list: readonly Candle[]) => list.reduce((total, { fillCount }) => total + fillCount, 0);
  assert.equal(count(days), count(candles));
});

test("IDX-10: subscriptions tell of new orders and fills, and of fills that were taken back", async () => {
  const api = `${indexer.url}/api/graphql`;
  const market = `base: "${weth}", quote: "${usdc}"`;
  type BookEvent = { bookChanged: { revision: number; book: { asks: { price: string }[] } } };
  type FillEvent = { fills: { added: { orderId: string; sold: string; seq: string }[]; removed: string[] } };
  const books = await subscribe<BookEvent>(
    api,
    `subscription { bookChanged(${market}) { revision book(depth: 1) { asks { price } } } }`,
  );
  const fills = await subscribe<FillEvent>(
    api,
    `subscription { fills(${market}) { added { orderId sold seq } removed } }`,
  );
  const first = await books.next();

  const id = await place("ask", 2_500, "1");
  const { bookChanged } = await books.next();
  assert(bookChanged.revision > first.bookChanged.revision);
  assert.equal(bookChanged.book.asks[0]?.price, "2500");

  const snapshot = await chain.client.snapshot();
  const args = [id, parseEther("0.25"), 2n ** 160n] as const;
  await send(
    chain.client,
    chain.client.writeContract({ ...bookOf(chain), functionName: "fill", args, account: taker }),
  );
  const { fills: change } = await fills.next();
  assert.deepEqual(
    change.added.map(({ orderId, sold }) => [orderId, sold]),
    [[`${id}`, `${parseEther("0.25")}`]],
  );
  assert.deepEqual(change.removed, []);

  await chain.client.revert({ id: snapshot });
  await chain.client.mine({ blocks: 3 });
  const { fills: back } = await fills.next();
  assert.deepEqual(back, { added: [], removed: [change.added[0]?.seq] });

  const third = await subscribe(api, `subscription { bookChanged(${market}) { revision } }`);
  await third.next();
  const refused = await subscribe(api, `subscription { bookChanged(${market}) { revision } }`);
  await assert.rejects(refused.next(), /Too many subscriptions/);
  third.close();
  await eventually("the place of a reader who left", async () => {
    const next = await subscribe(api, `subscription { bookChanged(${market}) { revision } }`);
    const isOpen = await next.next().then(
      () => true,
      () => false,
    );
    next.close();
    return isOpen;
  });
  books.close();
  fills.close();
});

test("IDX-11: queries that are too deep, too wide or too long are refused", async () => {
  const market = `base: "${weth}", quote: "${usdc}"`;
  const refused: readonly (readonly [string, RegExp])[] = [
    [`{ __typename ${Array.from({ length: 16 }, (_, i) => `a${i}: __typename`).join(" ")} }`, /[Aa]liases/],
    [`{ ${"a".repeat(3)} ${"__typename ".repeat(1_001)} }`, /[Tt]oken/],
    [`{ pairs(first: 201) { endCursor } }`, /1 to 200/],
    [`{ pairs(first: 0) { endCursor } }`, /1 to 200/],
    [`{ fills(${market}, after: "x'; --") { endCursor } }`, /cursor/],
    [`{ bestFill(sellToken: "${weth}", buyToken: "${usdc}") { paid } }`, /amount, a budget/],
    [`{ token(address: "0x12") { symbol } }`, /40 hexadecimal/],
    [`{ order(id: "-1") { status } }`, /78 digits/],
    [
      `{ a: account(address: "${weth}") { orders(first: 200) { items { id price paid sold owner maker terms: nonce expiry status
        remaining fees refund fillCount createdAt updatedAt minFill isAllOrNone isObserved available fillStatus } } }
        b: account(address: "${weth}") { orders(first: 200) { items { id price paid sold owner maker nonce expiry status
        remaining fees refund fillCount createdAt updatedAt minFill isAllOrNone isObserved available fillStatus } } }
        c: account(address: "${weth}") { orders(first: 200) { items { id price paid sold owner maker nonce expiry status
        remaining fees refund fillCount createdAt updatedAt minFill isAllOrNone isObserved available fillStatus } } } }`,
      /could answer with/,
    ],
  ];
  for (const [query, reason] of refused) await assert.rejects(indexer.query(query), reason, query.slice(0, 60));
  const page = "{ items { order { pair { base { symbol } } } } }";
  await assert.rejects(
    indexer.rows(`{ fills ${page} ${Array.from({ length: 16 }, (_, i) => `a${i}: fills ${page}`).join(" ")} }`),
    /[Aa]liases/,
  );
  await indexer.query(`{ account(address: "${maker.address}") { orders(first: 200) { items { id price } } } }`);
});

test("IDX-12: an order's metadata is the chain's tokenURI", async () => {
  const id = await place("ask", 3_500, "1");
  await indexer.catchUp();
  const json = await fetch(`${indexer.url}/metadata/${id}`);
  const svg = await fetch(`${indexer.url}/metadata/${id}.svg`);
  const uri = await chain.client.readContract({ ...bookOf(chain), functionName: "tokenURI", args: [id] });
  const described = (await (await fetch(uri)).json()) as { image: string };
  assert.equal(json.status, 200);
  assert.deepEqual(await json.json(), described);
  assert.equal(await svg.text(), await (await fetch(described.image)).text());
  assert.equal(svg.headers.get("content-type"), "image/svg+xml");
  assert.match(svg.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  assert.equal((await fetch(`${indexer.url}/metadata/12345`)).status, 404);
  assert.equal((await fetch(`${indexer.url}/metadata/abc.svg`)).status, 404);
});

test("IDX-13: origins are restricted as configured, and health, readiness and metrics answer", async () => {
  const originOf = async (path: string, origin: string) =>
    (await fetch(`${indexer.url}${path}`, { headers: { origin } })).headers.get("access-control-allow-origin");
  assert.equal(await originOf("/api/graphql?query={__typename}", "https://app.example"), "https://app.example");
  assert.equal(await originOf("/api/graphql?query={__typename}", "https://evil.example"), null);
  assert.equal(await originOf("/healthz", "https://other.example"), "https://other.example");

  await indexer.catchUp();
  const healthy = await fetch(`${indexer.url}/healthz`);
  assert.equal(healthy.status, 200);
  assert.deepEqual(Object.keys((await healthy.json()) as object), ["isWell", "lag", "head", "indexed"]);
  for (const path of ["/health", "/ready", "/status", "/metrics"]) {
    assert.equal((await fetch(`${indexer.url}${path}`)).status, 200, path);
  }
});

test("IDX-14: tokens that say odd things, or nothing, are indexed, and safely", async () => {
  const odd: Address[] = [];
  for (let oddity = 0; oddity < 6; oddity += 1) {
    const token = await deploy(chain.client, "test/mocks/OddMetadata", [oddity]);
    await fund(chain, maker, [token], 10n ** 20n);
    const args = [token, usdc, 1_000n, encodePrice(1n, 1n), NO_EXPIRY, 0] as const;
    await send(
      chain.client,
      chain.client.writeContract({ ...bookOf(chain), functionName: "create", args, account: maker }),
    );
    odd.push(token);
  }
  await indexer.catchUp();
  const described = await Promise.all(
    odd.map((address) => indexer.query<{ token: object }>(`{ token(address: "${address}") { symbol name decimals } }`)),
  );
  assert.deepEqual(
    described.map(({ token }) => token),
    [
      { symbol: "MKR", name: "Odd", decimals: 18 },
      { symbol: null, name: "Odd", decimals: 18 },
      { symbol: null, name: "Odd", decimals: null },
      { symbol: null, name: "Odd", decimals: 18 },
      { symbol: "AB[31mC\\", name: "Odd", decimals: 18 },
      { symbol: "BIG", name: "Odd", decimals: null },
    ],
  );
});

test("IDX-61: candles of every length are the newest that begin from 'from' and before 'to'", async () => {
  const lengths = Object.values(CANDLE_LENGTHS).map(({ seconds }) => BigInt(seconds));
  const day = ((await chainTime()) / 86_400n + 1n) * 86_400n;
  const times = [0n, ...lengths].flatMap((second) => [day + second - 1n, day + second]);
  const ids = [await place("ask", 3_001, "40"), await place("ask", 3_003, "40"), await place("ask", 3_002, "40")];
  for (const [index, timestamp] of times.entries()) {
    const amount = parseEther("1") + BigInt(index);
    const args = [ids[index % ids.length] ?? 0n, amount, 2n ** 160n] as const;
    await chain.client.setNextBlockTimestamp({ timestamp });
    const fill = { ...bookOf(chain), functionName: "fill", args, account: taker } as const;
    await send(chain.client, chain.client.writeContract(fill));
  }
  await indexer.catchUp();

  type Row = { pairId: string; sellToken: string; sold: string; paid: string; timestamp: string; seq: string };
  const rows = await allRows<Row>(indexer, "fills", "pairId sellToken sold paid timestamp seq");
  const trades = rows
    .filter(({ pairId }) => pairId === pairOf(weth, usdc).id)
    .sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? -1 : 1))
    .map(({ sellToken, sold, paid, timestamp }) => {
      const [base, quote] = sellToken === weth.toLowerCase() ? [sold, paid] : [paid, sold];
      return { timestamp: BigInt(timestamp), amount0: BigInt(base), amount1: BigInt(quote) };
    });
  for (const [interval, { seconds }] of Object.entries(CANDLE_LENGTHS)) {
    const model = candleModel(trades, BigInt(seconds));
    const bounds = [undefined, ...[day, day + BigInt(seconds)].flatMap((at) => [at - 1n, at, at + 1n])];
    for (const from of bounds) {
      const cases = bounds.flatMap((to) => [1, 2, 100].map((limit) => ({ to, limit })));
      for (const some of [cases.slice(0, 11), cases.slice(11)]) {
        const parts = some.map(({ to, limit }, index) => {
          const range = `${from === undefined ? "" : `from: "${from}"`} ${to === undefined ? "" : `to: "${to}"`}`;
          return `a${index}: candles(base: "${weth}", quote: "${usdc}", interval: ${interval}, limit: ${limit} ${range}) {
            start baseVolume quoteVolume fillCount
          }`;
        });
        const answer = await indexer.query<Record<string, object[]>>(`{ ${parts.join(" ")} }`);
        for (const [index, { to, limit }] of some.entries()) {
          const expected = model
            .filter(({ start }) => (from === undefined || start >= from) && (to === undefined || start < to))
            .slice(-limit)
            .map(({ start, volume0, volume1, fillCount }) => ({
              start: `${start}`,
              baseVolume: `${volume0}`,
              quoteVolume: `${volume1}`,
              fillCount,
            }));
          assert.deepEqual(answer[`a${index}`], expected, `${interval} from ${from} to ${to}, at most ${limit}`);
        }
      }
    }
  }
});
