/** The oracle's actions on both sides of the relay, and the push decision, against the contracts. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import {
  CallError,
  feedPriceDown,
  type FeedStatus,
  FeedState,
  freshUntil,
  getAggregatorRound,
  getBeat,
  getFeedQuote,
  getFeedStatus,
  getPrice,
  getPriceQuote,
  getPriceSources,
  getPushFee,
  getSenderFeeds,
  isLiquidatable,
  isUsable,
  maxAgeOf,
  NO_PRICE,
  ORACLE_GRACE,
  pokeAsset,
  pokeChain,
  priceFeedReceiverAbi,
  PriceQuality,
  pushPrices,
  pushReason,
  roundRefusal,
  SourceKind,
} from "../src/index.ts";
import { startChain, type TestChain } from "./support/chain.ts";
import {
  aggregatorMockAbi,
  BOUNDS,
  deliver,
  deployOracle,
  FEEDS,
  HEARTBEAT,
  MESSAGE_FEE,
  priceMessage,
  relay,
  type TestOracle,
} from "./support/deployOracle.ts";

/** The beginning of a bucket of ten minutes, after any time at which this can run. */
const START = 4_000_000_200n;
const PRICE = 3_000n * 10n ** 8n;
const ETH = FEEDS.ETH.id;

let chain: TestChain;
let oracle: TestOracle;
let snapshot: `0x${string}`;
let now = START;

before(async () => {
  chain = await startChain();
  oracle = await deployOracle(chain);
  await mineAt(START);
  snapshot = await chain.client.snapshot();
});

beforeEach(async () => {
  await chain.client.revert({ id: snapshot });
  snapshot = await chain.client.snapshot();
  now = START;
});

after(() => chain.stop());

/** Mines a block at that time. */
async function mineAt(timestamp: bigint): Promise<void> {
  now = timestamp;
  await chain.client.setNextBlockTimestamp({ timestamp });
  await chain.client.mine({ blocks: 1 });
}

/** Seconds with all their blocks, so that the chain does not seem to have stalled. */
async function pass(seconds: bigint): Promise<void> {
  const blocks = Number(seconds / 6n) - 1;
  if (blocks > 0) await chain.client.mine({ blocks, interval: 1 });
  await mineAt(now + seconds);
}

/** The next transaction lands at that second. */
async function nextAt(timestamp: bigint): Promise<void> {
  now = timestamp;
  await chain.client.setNextBlockTimestamp({ timestamp });
}

async function setAggregator(symbol: keyof typeof FEEDS, answer: bigint, updatedAt: bigint): Promise<void> {
  await nextAt(now + 1n);
  await chain.wallet(0).writeContract({
    address: oracle.aggregators[symbol],
    abi: aggregatorMockAbi,
    functionName: "set",
    args: [answer, updatedAt],
  });
}

/** A price of now, delivered at once. */
async function show(answer: bigint): Promise<void> {
  await nextAt(now + 1n);
  await deliver(chain, oracle, priceMessage(ETH, answer, now));
}

/** A first price and its confirmation, a minute later. */
async function establish(answer: bigint): Promise<void> {
  await show(answer);
  await pass(61n);
  await show(answer);
}

const status = (): Promise<FeedStatus> => getFeedStatus(chain.client, { ...oracle, feedId: ETH });
const quoteOf = (asset = oracle.weth) => getPriceQuote(chain.client, { ...oracle, asset });

async function refused(action: () => Promise<unknown>, errorName: string, message: RegExp): Promise<void> {
  await assert.rejects(action, (error) => {
    assert.ok(error instanceof CallError, String(error));
    assert.equal(error.errorName, errorName);
    assert.match(error.message, message);
    return true;
  });
}

test("without a price a quote says so, and getPrice explains why there is none", async () => {
  const { updatedAt: _updatedAt, liquidatableFrom: _from, ...quote } = await quoteOf();
  assert.deepEqual(quote, { low: 0n, high: NO_PRICE, quality: PriceQuality.Halted });
  await refused(() => getPrice(chain.client, { ...oracle, asset: oracle.weth }), "StalePrice", /has no fresh price/);
  const unknown = "0x00000000000000000000000000000000000000a1";
  await refused(() => quoteOf(unknown), "UnknownAsset", /The oracle does not know token 0x/);
  assert.equal((await getFeedQuote(chain.client, { ...oracle, feedId: ETH })).state, FeedState.Stale);
  await refused(() => getFeedQuote(chain.client, { ...oracle, feedId: 9 }), "UnknownFeed", /^There is no feed 9\.$/);
  const { accepted, pending, decimals, maxAge } = await status();
  assert.deepEqual([accepted.answer, pending, decimals, maxAge], [0n, undefined, 8, maxAgeOf(HEARTBEAT)]);
});

test("getPriceSources tells where a price comes from", async () => {
  const [feed] = await getPriceSources(chain.client, { ...oracle, asset: oracle.weth });
  assert.deepEqual([feed?.kind, feed?.feedId], [SourceKind.Feed, ETH]);
  const [local] = await getPriceSources(chain.client, { ...oracle, asset: oracle.local });
  assert.deepEqual([local?.kind, local?.heartbeat], [SourceKind.Aggregator, Number(HEARTBEAT)]);
  assert.equal(local?.at.toLowerCase(), oracle.localAggregator.toLowerCase());
  assert.deepEqual(await getPriceSources(chain.client, { ...oracle, asset: oracle.endpoint }), []);
});

test("a price travels: fee, push, delivery, confirmation a minute later", async () => {
  await setAggregator("ETH", PRICE, now);
  const feeds = await getSenderFeeds(chain.client, oracle);
  assert.deepEqual(
    feeds.map(({ aggregator: _aggregator, ...feed }) => feed),
    Object.values(FEEDS).map(({ id }) => ({ feedId: id, maxAge: maxAgeOf(HEARTBEAT), ...BOUNDS })),
  );
  const round = await getAggregatorRound(chain.client, { aggregator: oracle.aggregators.ETH });
  assert.equal(round.answer, PRICE);
  assert.equal(round.roundId, (1n << 64n) | 2n);
  const fee = await getPushFee(chain.client, { ...oracle, feedIds: [ETH] });
  assert.equal(fee, MESSAGE_FEE);
  assert.equal(pushReason({ answer: PRICE, timestamp: now, ...(await status()) }), "First");

  const held = await chain.client.getBalance({ address: chain.wallet(1).account.address });
  await nextAt(now + 1n);
  const sent = await pushPrices(chain.wallet(1), { ...oracle, feedIds: [ETH], fee: 2n * fee });
  assert.match(sent.simulated, /^0x[0-9a-f]{64}$/);
  const spent = held - (await chain.client.getBalance({ address: chain.wallet(1).account.address }));
  assert.ok(spent >= fee && spent < fee + fee / 2n, "what was too much came back");
  const observedAt = now;
  await nextAt(now + 30n);
  await relay(chain, oracle);
  const first = await status();
  assert.equal(first.pending?.answer, PRICE);
  assert.deepEqual([first.pending?.observedFrom, first.pending?.deliveredFrom], [observedAt + 60n, now + 60n]);
  assert.equal(pushReason({ answer: PRICE, timestamp: now + 59n, ...first }), undefined);
  assert.equal(pushReason({ answer: PRICE, timestamp: now + 60n, ...first }), "Confirmation");

  await pass(60n);
  await pushPrices(chain.wallet(1), { ...oracle, feedIds: [ETH], fee });
  now += 1n;
  await nextAt(now + 10n);
  await relay(chain, oracle);
  const { accepted, pending } = await status();
  assert.deepEqual([accepted.answer, pending], [PRICE, undefined]);
  assert.equal(await getPrice(chain.client, { ...oracle, asset: oracle.weth }), feedPriceDown(PRICE, 8));
});

test("quotes are fresh until the second that freshUntil says", async () => {
  await establish(PRICE);
  const { accepted, maxAge } = await status();
  const last = freshUntil(accepted, maxAge);
  assert.equal(last, accepted.observedAt + 1_800n);
  await mineAt(last);
  assert.equal((await quoteOf()).quality, PriceQuality.Fresh);
  await mineAt(last + 1n);
  assert.equal((await quoteOf()).quality, PriceQuality.Halted);
});

test("risk may grow on a fresh price at once, and a liquidation relies on it after the grace", async () => {
  await establish(PRICE);
  const quote = await quoteOf();
  assert.equal(isUsable(quote), true);
  assert.equal(quote.liquidatableFrom, now + ORACLE_GRACE);
  assert.equal(isLiquidatable(quote, now + ORACLE_GRACE - 1n), false);
  assert.equal(isLiquidatable(quote, now + ORACLE_GRACE), true);
});

test("a jump is quoted at both prices until it is confirmed, as pushReason foresees", async () => {
  await establish(PRICE);
  const jumped = (PRICE * 12n) / 10n;
  assert.equal(pushReason({ answer: jumped, timestamp: now + 1n, ...(await status()) }), "Deviation");
  await show(jumped);
  const quote = await quoteOf();
  assert.equal(quote.quality, PriceQuality.Pending);
  assert.deepEqual([quote.low, quote.high], [feedPriceDown(PRICE, 8), feedPriceDown(jumped, 8)]);
  assert.equal(isUsable(quote), false);
  assert.equal((await getFeedQuote(chain.client, { ...oracle, feedId: ETH })).state, FeedState.Pending);

  const waiting = await status();
  const from = waiting.pending?.deliveredFrom ?? 0n;
  assert.equal(pushReason({ answer: jumped, timestamp: from - 1n, ...waiting }), undefined);
  await mineAt(from - 2n);
  await show(jumped);
  assert.notEqual((await status()).pending, undefined, "a second too early it changes nothing");
  assert.equal((await status()).pending?.deliveredFrom, from, "not even the clock");
  assert.equal(pushReason({ answer: jumped, timestamp: from, ...(await status()) }), "Confirmation");
  await show(jumped);
  const { accepted, pending } = await status();
  assert.deepEqual([accepted.answer, pending], [jumped, undefined]);
});

test("a jump that is over is ended by a push, as pushReason foresees", async () => {
  await establish(PRICE);
  await show((PRICE * 15n) / 10n);
  assert.equal(pushReason({ answer: PRICE, timestamp: now + 1n, ...(await status()) }), "Deviation");
  await show(PRICE);
  assert.equal((await status()).pending, undefined);
  assert.equal((await quoteOf()).quality, PriceQuality.Fresh);
});

test("roundRefusal is what the sender would end with", async () => {
  const id = (1n << 64n) | 9n;
  const good = { roundId: id, answer: PRICE, startedAt: 0n, updatedAt: now, answeredInRound: id };
  const large = (256n << 64n) | 1n;
  const rounds = [
    good,
    { ...good, answer: 0n },
    { ...good, answer: -5n },
    { ...good, answer: BOUNDS.minAnswer },
    { ...good, answer: BOUNDS.minAnswer + 1n },
    { ...good, answer: BOUNDS.maxAnswer },
    { ...good, updatedAt: 0n },
    { ...good, answeredInRound: id - 1n },
    { ...good, updatedAt: now + 100n },
    { ...good, updatedAt: now - maxAgeOf(HEARTBEAT) },
    { ...good, updatedAt: now - maxAgeOf(HEARTBEAT) + 100n },
    { ...good, roundId: large, answeredInRound: large },
    { ...good, roundId: (1n << 64n) | (1n << 32n), answeredInRound: large },
  ];
  const [feed] = await getSenderFeeds(chain.client, oracle);
  assert.ok(feed !== undefined);
  const names = new Set<string>();
  for (const next of rounds) {
    await nextAt(now + 1n);
    await chain.wallet(0).writeContract({
      address: oracle.aggregators.ETH,
      abi: aggregatorMockAbi,
      functionName: "setRound",
      args: [next],
    });
    const round = await getAggregatorRound(chain.client, { aggregator: oracle.aggregators.ETH });
    const { timestamp } = await chain.client.getBlock();
    const refusal = roundRefusal({ round, feed, timestamp });
    names.add(refusal ?? "none");
    const asking = getPushFee(chain.client, { ...oracle, feedIds: [ETH] });
    if (refusal === undefined) assert.equal(await asking, MESSAGE_FEE);
    else await refused(() => asking, refusal, /feed 1/i);
  }
  assert.equal(names.size, 7, [...names].join(", "));
  await refused(() => getPushFee(chain.client, { ...oracle, feedIds: [] }), "NoFeeds", /No feed was named/);
  await refused(
    () => pushPrices(chain.wallet(1), { ...oracle, feedIds: [9], fee: MESSAGE_FEE }),
    "UnknownFeed",
    /no feed 9/,
  );
  await refused(
    () => getPushFee(chain.client, { ...oracle, feedIds: [FEEDS.BTC.id], messageOptions: "0x0001" }),
    "InvalidAnswer",
    /The answer of feed 2, 0, is not a price/,
  );
});

test("pokeChain writes the chain's heartbeat when it is due", async () => {
  const before = await getBeat(chain.client, oracle);
  assert.equal(before.blockTime, 6_000n);
  await pass(700n);
  const { hash } = await pokeChain(chain.wallet(1), oracle);
  await chain.client.waitForTransactionReceipt({ hash });
  const beat = await getBeat(chain.client, oracle);
  assert.ok(beat.beatAt > before.beatAt && beat.beatBlock > before.beatBlock);
  assert.equal((await pokeChain(chain.wallet(1), oracle)).simulated, false, "not twice");
});

test("pokeAsset watches local aggregators, without which no liquidation relies on them", async () => {
  await nextAt(now + 1n);
  await chain.wallet(0).writeContract({
    address: oracle.localAggregator,
    abi: aggregatorMockAbi,
    functionName: "set",
    args: [5n * 10n ** 6n, now],
  });
  assert.equal((await quoteOf(oracle.local)).low, 5n * 10n ** 18n);
  await nextAt(now + 1n);
  const { simulated } = await pokeAsset(chain.wallet(1), { ...oracle, asset: oracle.local });
  assert.equal(simulated, 1n);
  const since = now;
  await nextAt(now + 1n);
  await pokeChain(chain.wallet(1), oracle);
  const { liquidatableFrom } = await quoteOf(oracle.local);
  assert.ok(liquidatableFrom >= since + ORACLE_GRACE);
  await refused(
    () => pokeAsset(chain.wallet(1), { ...oracle, asset: oracle.endpoint }),
    "UnknownAsset",
    /does not know/,
  );
});

test("governance's own errors are explained", async () => {
  await assert.rejects(
    chain.client.simulateContract({
      account: chain.wallet(0).account,
      address: oracle.priceFeedReceiver,
      abi: priceFeedReceiverAbi,
      functionName: "addFeed",
      args: [BigInt(ETH), 8n, HEARTBEAT],
    }),
    (error) => new CallError(error).message === "Feed 1 exists already.",
  );
});
