/** The SDK's mirrors against the deployed contracts, over random books and a clock that moves. Repeatable by its seed. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { type Address, isAddressEqual } from "viem";

import {
  amendOrder,
  type BookOrder,
  cancelOrder,
  cancelOrders,
  createOrders,
  crossingPairs,
  decodeContractError,
  evaluateFill,
  feeOf,
  fillOptions,
  FillStatus,
  getOrders,
  getQuote,
  type Leg,
  matchOrders,
  matchOutcome,
  newOrder,
  NO_EXPIRY,
  type Order,
  orderNftAbi,
  pairObserverAbi,
  parsePrice,
  previewLeg,
  pricesCross,
  previewMatch,
  raiseEpoch,
  routeSweep,
  simulateLeg,
  transferOrder,
  waitForOrders,
} from "../src/index.ts";
import { startChain, type TestChain } from "./support/chain.ts";
import { deployDex, type DexDeployment, TAKER_FEE, TOKENS, type TokenSymbol } from "./support/deployDex.ts";
import { Random } from "./support/random.ts";

const MAKERS = [1, 2, 3];
const TAKER = 4;
const random = new Random(31);
/** A time after any at which this can run: with it and one second a block, every run is the same. */
const START = 4_000_000_000n;

let chain: TestChain;
let deployment: DexDeployment;
let now = 0n;
let ids: bigint[] = [];

before(async () => {
  chain = await startChain();
  deployment = await deployDex(chain);
  const { WETH, USDC } = deployment.tokens;
  await chain.wallet(0).writeContract({
    address: deployment.contracts.pairObserver,
    abi: pairObserverAbi,
    functionName: "grow",
    args: [WETH.address, USDC.address, 64n],
  });
  await chain.client.setBlockTimestampInterval({ interval: 1 });
  await moveClock(START);
});

after(() => chain.stop());

const taker = () => chain.wallet(TAKER).account.address;

/** Mines a block at a later time; calls at the latest block then see that time. */
async function moveClock(seconds: bigint): Promise<void> {
  now += seconds;
  await chain.client.setNextBlockTimestamp({ timestamp: now });
  await chain.client.mine({ blocks: 1 });
}

/** Fixes the time of the block that the next transaction lands in. */
async function nextBlockAt(timestamp: bigint): Promise<void> {
  now = timestamp;
  await chain.client.setNextBlockTimestamp({ timestamp });
}

/** An amount whose counterpart in the other token is well within what everybody holds. */
function randomAmount(sell: TokenSymbol, buy: TokenSymbol): bigint {
  const growth = Math.max(0, Math.ceil((TOKENS[buy] - TOKENS[sell]) * Math.log2(10)));
  const bits = Math.min(93, 98 - growth);
  return random.chance(60) ? (1n << BigInt(bits - 4)) * random.between(1n, 15n) : random.anySize(bits);
}

function randomNewOrder(maker: Address) {
  const [sell, buy] = random.pick([
    ["WETH", "USDC"],
    ["USDC", "WETH"],
    ["NIL", "LONG"],
    ["LONG", "NIL"],
  ] as const);
  const sellAmount = randomAmount(sell, buy);
  const release = random.chance(25)
    ? { start: Number(now) + random.int(-200, 200), end: Number(now) + random.int(201, 900) }
    : undefined;
  return newOrder({
    maker,
    sellToken: deployment.tokens[sell].address,
    buyToken: deployment.tokens[buy].address,
    sellAmount,
    price: parsePrice((random.int(700, 1400) / 1000).toString(), {
      sellDecimals: TOKENS[sell],
      buyDecimals: TOKENS[buy],
    }),
    expiry: release !== undefined || random.chance(60) ? NO_EXPIRY : Number(now) + random.int(50, 2_000),
    terms: {
      allOrNone: random.chance(15),
      exactPayment: random.chance(10),
      observed: random.chance(20) && TOKENS[sell] !== 0 && TOKENS[buy] !== 0,
      minFill: random.chance(25) ? random.anySize(sellAmount.toString(2).length) : 1n,
    },
    privateTaker: random.chance(10) ? (random.chance(50) ? taker() : chain.wallet(1).account.address) : undefined,
    release,
  });
}

async function addOrders(count: number): Promise<void> {
  const index = random.pick(MAKERS);
  const wallet = chain.wallet(index);
  const { contracts } = deployment;
  const orders = Array.from({ length: count }, () => randomNewOrder(wallet.account.address));
  const { hash, simulated } = await createOrders(wallet, { ...contracts, orders });
  const { created } = await waitForOrders(chain.client, { hash });
  assert.deepEqual(
    created.map(({ id }) => id),
    simulated,
  );
  ids.push(...simulated);
  now = (await chain.client.getBlock()).timestamp;
}

/** The standing orders as the chain has them now; what ended is forgotten. */
async function readBook(): Promise<Order[]> {
  const orders = await getOrders(chain.client, { ...deployment.contracts, ids, taker: taker() });
  ids = ids.filter((_, index) => orders[index] !== undefined);
  return orders.filter((order) => order !== undefined);
}

async function strictFillStatus(id: bigint, takeAmount: bigint): Promise<FillStatus> {
  const { orderNFT } = deployment.contracts;
  const request = { address: orderNFT, abi: orderNftAbi, account: taker() } as const;
  try {
    await chain.client.simulateContract({ ...request, functionName: "fill", args: [id, takeAmount, 1n << 255n] });
    return FillStatus.Fillable;
  } catch (error) {
    const decoded = decodeContractError(error);
    assert.equal(decoded?.name, "NotFillable", String(error));
    return decoded.args[1] as FillStatus;
  }
}

function randomLeg(book: readonly Order[]): Leg {
  const { sellToken, buyToken, price } = random.pick(book);
  const some = book
    .filter((order) => isAddressEqual(order.sellToken, sellToken) || random.chance(5))
    .filter(() => random.chance(70));
  const listed = random.chance(10) && some.length > 0 ? [...some, random.pick(some)] : some;
  const sum = some.reduce((total, order) => total + order.remaining, 1n);
  return {
    sellToken,
    buyToken,
    takeAmount: random.chance(10) ? 1n << 127n : random.between(1n, sum),
    maxPay: random.chance(40) ? 1n << 109n : random.anySize(100),
    minReceive: 0n,
    maxPrice: 0n,
    ids: random.chance(10) ? [...listed.map(({ id }) => id), 12345n] : listed.map(({ id }) => id),
    limits: [],
    ...(random.chance(30) ? withLimits(listed, price) : {}),
  };
}

const withLimits = (listed: readonly Order[], limit: bigint) => ({
  ids: listed.map(({ id }) => id),
  limits: listed.map((order) => (random.chance(50) ? order.price : limit)),
});

async function compareOrders(book: readonly Order[]): Promise<void> {
  for (const order of book) {
    const { status } = evaluateFill({ order, timestamp: now, taker: taker() });
    assert.equal(status, order.status, `status of ${order.id}`);
  }
  for (let i = 0; i < 6; ++i) {
    const order = random.pick(book);
    const want = random.chance(30) ? order.remaining : random.between(1n, order.remaining);
    const { status, sold, paid } = evaluateFill({ order, timestamp: now, taker: taker(), want });
    assert.equal(status, await strictFillStatus(order.id, want));
    const quote = await getQuote(chain.client, {
      ...deployment.contracts,
      id: order.id,
      takeAmount: want,
      taker: taker(),
    });
    assert.deepEqual(quote, { taken: sold, paid, fee: feeOf(sold, TAKER_FEE) });
  }
}

async function compareLegs(book: readonly Order[]): Promise<void> {
  const { orderLens, orderNFT } = deployment.contracts;
  for (let i = 0; i < 5; ++i) {
    const leg = randomLeg(book);
    const mine = simulateLeg({ leg, orders: book, timestamp: now, taker: taker(), takerFee: TAKER_FEE });
    const preview = await previewLeg(chain.client, { orderLens, leg, taker: taker() });
    const { taken, received, paid, filled } = mine;
    assert.deepEqual(preview.result, { taken, received, paid, filled });
    for (const { id, status } of mine.skipped) {
      assert.ok(
        leg.ids.some((other, index) => other === id && preview.statuses[index] === status),
        `${id}: ${status}`,
      );
    }

    const relayer = { account: chain.wallet(0).account.address, fee: random.int(0, 1_000) };
    const relayed = simulateLeg({
      leg,
      orders: book,
      timestamp: now,
      taker: taker(),
      takerFee: TAKER_FEE,
      relayerFee: BigInt(relayer.fee),
    });
    const { result } = await chain.client.simulateContract({
      address: orderNFT,
      abi: orderNftAbi,
      functionName: "fillOrders",
      args: [[leg], fillOptions({ immediateOrCancel: true, relayer })],
      account: taker(),
    });
    assert.deepEqual(result, [{ taken, received: relayed.received, paid, filled }]);
  }
}

/** Routes for a block to come, sends, and compares with what happened in that block. */
async function compareSweep(book: readonly Order[]): Promise<bigint> {
  const { sellToken, buyToken } = random.pick(book);
  const timestamp = now + random.between(1n, 30n);
  const amount = random.anySize(94);
  const { leg, expected, averagePrice } = routeSweep({
    orders: book,
    sellToken,
    buyToken,
    timestamp,
    taker: taker(),
    takerFee: TAKER_FEE,
    ...(random.chance(50) ? { takeAmount: amount } : { budget: amount }),
    slippage: random.chance(50) ? 10_000n : undefined,
    spareOrders: random.int(0, 3),
    maxOrders: random.int(1, 20),
  });
  if (expected.filled === 0n) return 0n;

  const held = await balances([sellToken, buyToken]);
  await nextBlockAt(timestamp);
  const wallet = chain.wallet(TAKER);
  const hash = await wallet.writeContract({
    address: deployment.contracts.orderNFT,
    abi: orderNftAbi,
    functionName: "fillOrders",
    args: [[leg], fillOptions()],
    gas: 10_000_000n,
  });
  const { filled } = await waitForOrders(chain.client, { hash });
  assert.deepEqual(
    filled.map(({ id, sold, paid, fee }) => ({ id, sold, paid, fee })),
    expected.fills,
  );
  const [bought = 0n, left = 0n] = await balances([sellToken, buyToken]);
  assert.equal(bought - (held[0] ?? 0n), expected.received);
  assert.equal((held[1] ?? 0n) - left, expected.paid);
  assert.ok(
    averagePrice !== undefined && leg.limits.every((limit, index) => limit === find(book, leg.ids[index]).price),
  );
  return expected.filled;
}

const find = (book: readonly Order[], id: bigint | undefined): BookOrder => {
  const found = book.find((order) => order.id === id);
  assert.ok(found);
  return found;
};

async function balances(tokens: readonly Address[]): Promise<bigint[]> {
  const abi = [
    {
      type: "function",
      name: "balanceOf",
      stateMutability: "view",
      inputs: [{ name: "account", type: "address" }],
      outputs: [{ name: "", type: "uint256" }],
    },
  ] as const;
  return Promise.all(
    tokens.map((address) => chain.client.readContract({ address, abi, functionName: "balanceOf", args: [taker()] })),
  );
}

const live = (book: readonly Order[]) => book.filter(({ status }) => status === FillStatus.Fillable);

async function compareMatches(book: readonly Order[]): Promise<number> {
  const { orderMatcher } = deployment.contracts;
  let matched = 0;
  for (let i = 0; i < 12; ++i) {
    const a = random.pick(random.chance(80) ? live(book) : book);
    const mirrored = book.filter(
      (other) => isAddressEqual(other.sellToken, a.buyToken) && isAddressEqual(other.buyToken, a.sellToken),
    );
    const crossing = live(mirrored).filter(({ price }) => pricesCross(price, a.price));
    const candidates = crossing.length > 0 ? crossing : mirrored;
    if (candidates.length === 0) continue;
    const b = random.pick(candidates);
    const mine = matchOutcome({ orderA: a, orderB: b, timestamp: now, takerFee: TAKER_FEE, orderMatcher });
    const preview = await previewMatch(chain.client, { orderMatcher, idA: a.id, idB: b.id });
    assert.deepEqual(preview, mine ?? { takeA: 0n, takeB: 0n, surplusA: 0n, surplusB: 0n });
    if (mine !== undefined) matched += 1;
  }
  return matched;
}

/** Carries out all matches of a pair in turn: each must come to what was foreseen for it before the first. */
async function compareCrossing(book: readonly Order[], sides: number): Promise<number> {
  const { tokens, contracts } = deployment;
  const [tokenA, tokenB] =
    sides === 0 ? [tokens.WETH.address, tokens.USDC.address] : [tokens.LONG.address, tokens.NIL.address];
  const lasting = book.filter(({ terms }) => (terms & 8) === 0);
  const pairs = crossingPairs({
    orders: lasting,
    tokenA,
    tokenB,
    timestamp: now,
    takerFee: TAKER_FEE,
    ...contracts,
    maxMatches: 8,
  });
  for (const { idA, idB, ...outcome } of pairs) {
    await nextBlockAt(now + 1n);
    const { hash, simulated } = await matchOrders(chain.wallet(0), { ...contracts, idA, idB });
    const { filled } = await waitForOrders(chain.client, { hash });
    assert.deepEqual(simulated, outcome);
    assert.deepEqual(
      filled.map(({ sold }) => sold),
      [outcome.takeA, outcome.takeB],
    );
  }
  return pairs.length;
}

async function disturb(book: readonly Order[]): Promise<void> {
  const { contracts } = deployment;
  const order = random.pick(book);
  const index = [0, ...MAKERS].find((n) => isAddressEqual(chain.wallet(n).account.address, order.owner));
  const expiresSoon = BigInt(order.expiry) <= now + 10n;
  if (
    index === undefined ||
    expiresSoon ||
    order.status === FillStatus.Expired ||
    order.status === FillStatus.Cancelled
  )
    return;
  const wallet = chain.wallet(index);
  const kind = random.int(1, 7);
  if (kind <= 2) {
    const half = order.remaining / 2n + 1n;
    await amendOrder(wallet, { ...contracts, id: order.id, newRemaining: half, newPrice: order.price + 1n });
  } else if (kind <= 4) {
    await cancelOrder(wallet, { ...contracts, id: order.id });
  } else if (kind <= 6) {
    const to = chain.wallet(0).account.address;
    if (!isAddressEqual(to, order.owner))
      await transferOrder(wallet, { ...contracts, from: order.owner, to, id: order.id });
  } else if (index !== 0) {
    await raiseEpoch(wallet, { ...contracts, epoch: order.nonce + 1n }).catch((error: unknown) => {
      assert.equal(decodeContractError(error)?.name, "InvalidEpoch");
    });
  }
  now = (await chain.client.getBlock()).timestamp;
}

/** Anybody may end what has expired or was cancelled by its maker's epoch. */
async function cleanUp(book: readonly Order[]): Promise<void> {
  const dead = book.filter(({ status }) => status === FillStatus.Expired || status === FillStatus.Cancelled);
  const { hash, simulated } = await cancelOrders(chain.wallet(0), {
    ...deployment.contracts,
    ids: dead.map(({ id }) => id),
  });
  const { cancelled } = await waitForOrders(chain.client, { hash });
  assert.equal(simulated, BigInt(dead.length));
  assert.deepEqual(
    cancelled.map(({ id }) => id),
    dead.map(({ id }) => id),
  );
  now = (await chain.client.getBlock()).timestamp;
}

test("evaluateFill, simulateLeg, routeSweep and the matching maths do what the contracts do", async (t) => {
  let sweeps = 0n;
  let previews = 0;
  let matches = 0;
  const seen = new Set<FillStatus>();
  for (let round = 0; round < 20; ++round) {
    await addOrders(random.int(4, 14));
    await moveClock(random.between(1n, 120n));
    let book = await readBook();
    for (const order of book) seen.add(order.status);
    await compareOrders(book);
    await compareLegs(book);
    previews += await compareMatches(book);
    sweeps += await compareSweep(book);
    await moveClock(1n);
    book = await readBook();
    if (round % 2 === 1) matches += (await compareCrossing(book, 0)) + (await compareCrossing(book, 1));
    for (let i = 0; i < 2; ++i) await disturb(await readBook());
    if (round % 4 === 3) await cleanUp(await readBook());
  }
  t.diagnostic(`${sweeps} orders swept, ${previews} matches foreseen, ${matches} carried out`);
  assert.ok(sweeps > 40n && previews > 25 && matches >= 10, "enough happened");
  for (const status of ["Fillable", "Expired", "Cancelled", "Private", "NotReleased", "BelowMinFill"] as const) {
    assert.ok(seen.has(FillStatus[status]), `no order was ever ${status}`);
  }
});
