/** Every action against a chain: what it sends, what changes by it, and the sentence when it cannot be. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import { type Address, erc20Abi, type Hash, isAddressEqual, maxUint256, zeroAddress } from "viem";

import {
  accessManagerAbi,
  amendOrder,
  amendOrderWithSignature,
  amendTypedData,
  approveToken,
  CallError,
  cancelOrder,
  cancelOrders,
  cancelOrdersWithSignature,
  cancelTypedData,
  createOrder,
  createOrders,
  createOrderWithCoin,
  createOrderWithPermit,
  createOrderWithPermit2,
  decodeTerms,
  demoTokenAbi,
  encodePrice,
  erc2612TypedData,
  fillOrder,
  fillOrders,
  fillOrdersForCoin,
  fillOrdersWithCoin,
  fillOrdersWithPermit2,
  FillStatus,
  getNonces,
  getOrder,
  getOrders,
  getQuote,
  getTakerFee,
  getTermsHash,
  getWallet,
  legPermitTypedData,
  listTokens,
  matchOrders,
  newOrder,
  newOrderWitnessTypedData,
  NO_EXPIRY,
  orderNftAbi,
  orderPermitTypedData,
  permitOrder,
  previewMatch,
  raiseEpoch,
  routeSweep,
  transferOrder,
  unpackOrderId,
  waitForOrders,
  withdrawCredit,
} from "../src/index.ts";
import { startChain, type TestChain, type TestWallet } from "./support/chain.ts";
import { deployDex, type DexDeployment, TAKER_FEE } from "./support/deployDex.ts";

const ETHER = 10n ** 18n;
/** 3000 USDC for a WETH, rounded up: what it costs ends a unit higher. */
const PRICE = encodePrice(3_000n * 10n ** 6n, ETHER);
/** 1/3000 WETH for a USDC. */
const MIRRORED = encodePrice(ETHER, 3_000n * 10n ** 6n);

let chain: TestChain;
let deployment: DexDeployment;
let maker: TestWallet;
let taker: TestWallet;
let weth: Address;
let usdc: Address;
let orderNFT: Address;
let snapshot: `0x${string}`;

before(async () => {
  chain = await startChain();
  deployment = await deployDex(chain);
  maker = chain.wallet(1);
  taker = chain.wallet(2);
  weth = deployment.tokens.WETH.address;
  usdc = deployment.tokens.USDC.address;
  ({ orderNFT } = deployment.contracts);
  snapshot = await chain.client.snapshot();
});

beforeEach(async () => {
  await chain.client.revert({ id: snapshot });
  snapshot = await chain.client.snapshot();
});

after(() => chain.stop());

const balance = (token: Address, account: Address) =>
  chain.client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [account] });
const settled = ({ hash }: { hash: Hash }) => waitForOrders(chain.client, { hash });
const ask = (rest: object = {}) =>
  createOrder(maker, { orderNFT, sellToken: weth, buyToken: usdc, sellAmount: ETHER, price: PRICE, ...rest });
const orderOf = (id: bigint) => getOrder(chain.client, { orderNFT, id, taker: taker.account.address });
const deadline = 10_000_000_000n;

/** That the action is refused before anything is sent, with this error and sentence. */
async function refused(action: () => Promise<unknown>, errorName: string | undefined, message: RegExp): Promise<void> {
  const height = await chain.client.getBlockNumber({ cacheTime: 0 });
  await assert.rejects(action, (error) => {
    assert.ok(error instanceof CallError, String(error));
    assert.equal(error.errorName, errorName);
    assert.match(error.message, message);
    return true;
  });
  assert.equal(await chain.client.getBlockNumber({ cacheTime: 0 }), height, "nothing was sent");
}

test("createOrder escrows the amount and makes the order that was foreseen", async () => {
  const held = await balance(weth, maker.account.address);
  const sent = await ask({ terms: { minFill: 1_000n }, expiry: 4_000_000_000 });
  const { created, receipt } = await settled(sent);
  assert.deepEqual(
    created.map(({ id, sellAmount, price }) => ({ id, sellAmount, price })),
    [{ id: sent.simulated, sellAmount: ETHER, price: PRICE }],
  );
  assert.equal(receipt.status, "success");
  assert.equal(await balance(weth, maker.account.address), held - ETHER);
  assert.equal(await balance(weth, orderNFT), ETHER);

  const order = await orderOf(sent.simulated);
  assert.ok(order);
  assert.equal(order.owner, maker.account.address);
  assert.equal(order.remaining, ETHER);
  assert.equal(order.status, FillStatus.Fillable);
  assert.equal(decodeTerms(order.terms).minFill, 512n);
  assert.deepEqual(unpackOrderId(order.id), { maker: maker.account.address, nonce: 0n, expiry: 4_000_000_000 });
});

test("createOrder for another maker makes it theirs, at the sender's cost", async () => {
  const { simulated } = await ask({ maker: taker.account.address });
  const order = await orderOf(simulated);
  assert.equal(order?.owner, taker.account.address);
  assert.equal(order.maker, taker.account.address);
});

test("createOrder explains a missing approval, a past expiry and a bad price", async () => {
  const poor = chain.wallet(7);
  const options = {
    orderNFT,
    sellToken: weth,
    buyToken: usdc,
    sellAmount: ETHER,
    price: PRICE,
    tokens: listTokens(deployment),
  };
  await refused(
    () => createOrder(poor, options),
    "PullFailed",
    /^1 WETH could not be taken from 0x.*check the balance/,
  );
  await refused(() => ask({ expiry: 1 }), "InvalidExpiry", /1970-01-01 00:00:01 UTC, is not in the future/);
  await refused(() => ask({ price: 1n }), "InvalidPrice", /1 is not a price/);
  await refused(() => ask({ buyToken: weth }), "InvalidPair", /two different tokens/);
});

test("createOrders makes rare orders", async () => {
  const { timestamp } = await chain.client.getBlock();
  const plain = { maker: maker.account.address, sellToken: weth, buyToken: usdc, sellAmount: ETHER, price: PRICE };
  const sent = await createOrders(maker, {
    orderNFT,
    orders: [
      newOrder({ ...plain, privateTaker: taker.account.address }),
      newOrder({ ...plain, release: { start: Number(timestamp) + 1_000, end: Number(timestamp) + 2_000 } }),
      newOrder({ ...plain, terms: { allOrNone: true } }),
    ],
  });
  await settled(sent);
  const [reserved, released, whole] = await getOrders(chain.client, {
    ...deployment.contracts,
    ids: sent.simulated,
    taker: maker.account.address,
  });
  assert.deepEqual(
    [reserved?.status, released?.status, whole?.status],
    [FillStatus.Private, FillStatus.NotReleased, FillStatus.Fillable],
  );
  await refused(
    () => createOrders(maker, { orderNFT, orders: [newOrder({ ...plain, terms: { observed: true } })] }),
    "PairNotObserved",
    /are not observed/,
  );
});

test("getOrder and getOrders leave a gap for what is gone", async () => {
  const { simulated: id } = await ask();
  assert.equal(await orderOf(id + 1n), undefined);
  const found = await getOrders(chain.client, { ...deployment.contracts, ids: [id + 1n, id] });
  assert.deepEqual(
    found.map((order) => order?.id),
    [undefined, id],
  );
});

test("fillOrder pays the maker and brings the taker what the quote says", async () => {
  const { simulated: id } = await ask();
  const takeAmount = ETHER / 4n;
  const quote = await getQuote(chain.client, { orderNFT, id, takeAmount });
  assert.deepEqual(quote, { taken: takeAmount, paid: 750_000_001n, fee: (takeAmount * TAKER_FEE) / 1_000_000n });
  const [held, earned] = [await balance(weth, taker.account.address), await balance(usdc, maker.account.address)];

  const sent = await fillOrder(taker, { orderNFT, id, takeAmount, maxPay: quote.paid });
  assert.deepEqual(sent.simulated, { received: takeAmount - quote.fee, paid: quote.paid });
  const { filled } = await settled(sent);
  assert.deepEqual(
    filled.map(({ id: of, sold, paid, fee }) => ({ of, sold, paid, fee })),
    [{ of: id, sold: takeAmount, paid: quote.paid, fee: quote.fee }],
  );
  assert.equal(await balance(weth, taker.account.address), held + takeAmount - quote.fee);
  assert.equal(await balance(usdc, maker.account.address), earned + quote.paid);
  assert.equal((await orderOf(id))?.remaining, ETHER - takeAmount);
});

test("fillOrder explains a limit and an order that is gone", async () => {
  const { simulated: id } = await ask();
  const context = { orderNFT, id, takeAmount: ETHER, sellToken: weth, buyToken: usdc, tokens: listTokens(deployment) };
  await refused(
    () => fillOrder(taker, { ...context, maxPay: 2_999_999_999n }),
    "LimitExceeded",
    /^The fill would pay 3000\.000001 USDC for 1 WETH, which is above your limit\.$/,
  );
  await cancelOrder(maker, { orderNFT, id });
  await refused(() => fillOrder(taker, context), "NotFillable", /^Order 0 of 0x7099.* does not exist/);
});

test("fillOrders carries out a route, for another recipient and with a relayer", async () => {
  const ids = [(await ask()).simulated, (await ask({ price: encodePrice(3_100n * 10n ** 6n, ETHER) })).simulated];
  const orders = await getOrders(chain.client, { ...deployment.contracts, ids });
  const relayer = { account: chain.wallet(3).account.address, fee: 1_000 };
  const recipient = chain.wallet(8).account.address;
  const { leg, expected } = routeSweep({
    orders: orders.filter((order) => order !== undefined),
    sellToken: weth,
    buyToken: usdc,
    takeAmount: (ETHER * 3n) / 2n,
    timestamp: (await chain.client.getBlock()).timestamp,
    takerFee: await getTakerFee(chain.client, { orderNFT }),
    relayerFee: 1_000n,
    slippage: 1_000n,
  });
  const sent = await fillOrders(taker, { orderNFT, legs: [leg], recipient, relayer, fillOrKill: true });
  const { taken, received, paid, filled } = expected;
  assert.deepEqual(sent.simulated, [{ taken, received, paid, filled }]);
  assert.equal((await settled(sent)).filled.length, 2);
  assert.equal(await balance(weth, recipient), received);

  const [credit] = await getWallet(chain.client, { ...deployment.contracts, account: relayer.account, tokens: [weth] });
  assert.equal(credit?.credit, expected.relayed);
  await refused(
    () => fillOrders(taker, { orderNFT, legs: [leg], fillOrKill: true }),
    "NotFilledWhole",
    /could be filled, and the fill was all or nothing/,
  );
  const nothing = await fillOrders(taker, {
    orderNFT,
    legs: [{ ...leg, ids: ids.slice(0, 1), limits: [], minReceive: 0n }],
    immediateOrCancel: true,
  });
  assert.equal(nothing.simulated[0]?.filled, 0n);
});

test("withdrawCredit pays out, once", async () => {
  const { simulated: id } = await ask();
  const relayer = { account: chain.wallet(3).account.address, fee: 500 };
  const leg = {
    sellToken: weth,
    buyToken: usdc,
    takeAmount: ETHER,
    maxPay: maxUint256,
    minReceive: 0n,
    maxPrice: 0n,
    ids: [id],
    limits: [],
  };
  await fillOrders(taker, { orderNFT, legs: [leg], relayer });
  const to = chain.wallet(8).account.address;
  const sent = await withdrawCredit(chain.wallet(3), { orderNFT, token: weth, to });
  await settled(sent);
  assert.equal(sent.simulated, (ETHER * 500n) / 1_000_000n);
  assert.equal(await balance(weth, to), sent.simulated);
  await refused(
    () => withdrawCredit(chain.wallet(3), { orderNFT, token: weth, to, tokens: listTokens(deployment) }),
    "NothingToSend",
    /^There is no WETH to withdraw/,
  );
});

test("amendOrder changes amount and price and settles the difference", async () => {
  const { simulated: id } = await ask();
  const held = await balance(weth, maker.account.address);
  const { amended } = await settled(
    await amendOrder(maker, { orderNFT, id, newRemaining: ETHER / 2n, newPrice: PRICE + 1n }),
  );
  assert.deepEqual(
    amended.map(({ remaining, price }) => ({ remaining, price })),
    [{ remaining: ETHER / 2n, price: PRICE + 1n }],
  );
  assert.equal(await balance(weth, maker.account.address), held + ETHER / 2n);
  await refused(
    () => amendOrder(taker, { orderNFT, id, newRemaining: 1n, newPrice: PRICE }),
    "ERC721InsufficientApproval",
    /neither owner/,
  );
});

test("an amendment by signature holds for the order as it was signed, once", async () => {
  const { simulated: id } = await ask();
  const [termsHash, nonces] = await Promise.all([
    getTermsHash(chain.client, { orderNFT, id }),
    getNonces(chain.client, { orderNFT, account: maker.account.address }),
  ]);
  const change = { id, newRemaining: ETHER / 2n, newPrice: PRICE + 5n, deadline };
  const signature = await maker.signTypedData(
    amendTypedData({ ...deployment, orderNFT, ...change, termsHash, nonce: nonces.signature }),
  );
  await settled(await amendOrderWithSignature(taker, { orderNFT, ...change, signature }));
  assert.equal((await orderOf(id))?.price, PRICE + 5n);
  await refused(
    () => amendOrderWithSignature(taker, { orderNFT, ...change, signature }),
    "InvalidSignature",
    /used before/,
  );
});

test("cancelOrder refunds; others may only once the order has ended", async () => {
  const { simulated: id } = await ask();
  const held = await balance(weth, maker.account.address);
  await refused(() => cancelOrder(taker, { orderNFT, id }), "ERC721InsufficientApproval", /neither owner of order 0/);
  const sent = await cancelOrder(maker, { orderNFT, id });
  assert.equal(sent.simulated, ETHER);
  assert.deepEqual(
    (await settled(sent)).cancelled.map((order) => order.id),
    [id],
  );
  assert.equal(await balance(weth, maker.account.address), held + ETHER);
  await refused(() => cancelOrder(maker, { orderNFT, id }), "ERC721NonexistentToken", /There is no order 0 of/);
});

test("cancelOrders ends those that are the sender's and says how many", async () => {
  const ids = [(await ask()).simulated, (await ask()).simulated, 77n];
  assert.equal((await cancelOrders(taker, { orderNFT, ids })).simulated, 0n);
  assert.equal((await cancelOrders(maker, { orderNFT, ids })).simulated, 2n);
});

test("orders are cancelled by their owner's signature", async () => {
  const ids = [(await ask()).simulated, (await ask()).simulated];
  const { signature: nonce } = await getNonces(chain.client, { orderNFT, account: maker.account.address });
  const signed = { owner: maker.account.address, ids, deadline };
  const signature = await maker.signTypedData(cancelTypedData({ ...deployment, orderNFT, ...signed, nonce }));
  await refused(
    () => cancelOrdersWithSignature(taker, { orderNFT, ...signed, ids: ids.slice(1), signature }),
    "InvalidSignature",
    /is not by 0x7099/,
  );
  const sent = await cancelOrdersWithSignature(taker, { orderNFT, ...signed, signature });
  assert.equal(sent.simulated, 2n);
  assert.equal((await settled(sent)).cancelled.length, 2);
});

test("raiseEpoch cancels all that stand, and anybody sends the refunds", async () => {
  const ids = [(await ask()).simulated, (await ask()).simulated];
  await raiseEpoch(maker, { orderNFT });
  assert.deepEqual(await getNonces(chain.client, { orderNFT, account: maker.account.address }), {
    next: 2n,
    epoch: 2n,
    signature: 0n,
  });
  const order = await orderOf(ids[0] ?? 0n);
  assert.deepEqual([order?.status, order?.cancelled], [FillStatus.Cancelled, true]);
  assert.equal((await cancelOrders(taker, { orderNFT, ids })).simulated, 2n);
  await refused(() => raiseEpoch(maker, { orderNFT, epoch: 2n }), "InvalidEpoch", /above the present epoch, 2/);
});

test("transferOrder moves the claim, and insists on unchanged terms when asked to", async () => {
  const { simulated: id } = await ask();
  const expectedTermsHash = await getTermsHash(chain.client, { orderNFT, id });
  const move = { orderNFT, from: maker.account.address, to: taker.account.address, id };
  await amendOrder(maker, { orderNFT, id, newRemaining: ETHER / 2n, newPrice: PRICE });
  await refused(
    () => transferOrder(maker, { ...move, expectedTermsHash }),
    "OrderChanged",
    /^Order 0 of .* was changed/,
  );
  await transferOrder(maker, { ...move, expectedTermsHash: await getTermsHash(chain.client, { orderNFT, id }) });
  assert.equal((await orderOf(id))?.owner, taker.account.address);
  await transferOrder(taker, { ...move, from: move.to, to: move.from });
  assert.equal((await orderOf(id))?.owner, maker.account.address);
});

test("permitOrder approves by signature", async () => {
  const { simulated: id } = await ask();
  const spender = taker.account.address;
  const { signature: nonce } = await getNonces(chain.client, { orderNFT, account: maker.account.address });
  const signature = await maker.signTypedData(
    orderPermitTypedData({ ...deployment, orderNFT, spender, id, nonce, deadline }),
  );
  await permitOrder(chain.wallet(3), { orderNFT, spender, id, deadline, signature });
  assert.equal((await cancelOrder(taker, { orderNFT, id })).simulated, ETHER);
});

test("createOrderWithPermit approves and creates in one transaction", async () => {
  const owner = chain.wallet(7);
  await owner.writeContract({
    address: weth,
    abi: demoTokenAbi,
    functionName: "mint",
    args: [owner.account.address, ETHER],
  });
  const order = newOrder({
    maker: owner.account.address,
    sellToken: weth,
    buyToken: usdc,
    sellAmount: ETHER,
    price: PRICE,
  });
  const signature = await owner.signTypedData(
    erc2612TypedData({
      ...deployment,
      token: weth,
      tokenName: deployment.tokens.WETH.name,
      owner: owner.account.address,
      spender: orderNFT,
      value: ETHER,
      nonce: 0n,
      deadline,
    }),
  );
  const sent = await createOrderWithPermit(owner, { orderNFT, order, permit: { value: ETHER, deadline, signature } });
  assert.deepEqual(
    (await settled(sent)).created.map(({ id }) => id),
    [sent.simulated],
  );
  assert.equal(await balance(weth, owner.account.address), 0n);
});

test("createOrderWithPermit2 makes the signed order, sent by anybody, once", async () => {
  const { permit2 } = deployment.contracts;
  await approveToken(maker, { token: weth, spender: permit2 });
  const order = newOrder({
    maker: maker.account.address,
    sellToken: weth,
    buyToken: usdc,
    sellAmount: ETHER,
    price: PRICE,
    terms: { minFill: 8n },
    privateTaker: taker.account.address,
  });
  const signed = { order, permitNonce: 5n, deadline };
  const signature = await maker.signTypedData(
    newOrderWitnessTypedData({ ...deployment, permit2, orderNFT, ...signed }),
  );
  await refused(
    () => createOrderWithPermit2(taker, { orderNFT, ...signed, order: { ...order, price: PRICE + 1n }, signature }),
    "InvalidSigner",
    /by another account, or for other terms/,
  );
  const sent = await createOrderWithPermit2(taker, { orderNFT, ...signed, signature });
  await settled(sent);
  assert.equal((await orderOf(sent.simulated))?.owner, maker.account.address);
  await refused(() => createOrderWithPermit2(taker, { orderNFT, ...signed, signature }), "InvalidNonce", /sign again/);
});

test("fillOrdersWithPermit2 pays by signature and takes no more than the route costs", async () => {
  const { permit2, orderRouter } = deployment.contracts;
  const { simulated: id } = await ask();
  await approveToken(taker, { token: usdc, spender: permit2 });
  const leg = {
    sellToken: weth,
    buyToken: usdc,
    takeAmount: ETHER / 2n,
    maxPay: 2_000_000_000n,
    minReceive: 0n,
    maxPrice: 0n,
    ids: [id],
    limits: [],
  };
  const signature = await taker.signTypedData(
    legPermitTypedData({ ...deployment, permit2, orderRouter, leg, permitNonce: 1n, deadline }),
  );
  const held = await balance(usdc, taker.account.address);
  const sent = await fillOrdersWithPermit2(taker, {
    orderRouter,
    legs: [leg],
    permits: [{ nonce: 1n, deadline, signature }],
  });
  assert.equal(sent.simulated[0]?.paid, 1_500_000_001n);
  await settled(sent);
  assert.equal(await balance(usdc, taker.account.address), held - 1_500_000_001n);
  await refused(
    () => fillOrdersWithPermit2(taker, { orderRouter, legs: [leg], permits: [] }),
    "PermitCountMismatch",
    /0 permits for 1 legs/,
  );
});

test("the coin itself is sold, paid with and received", async () => {
  const { orderRouter } = deployment.contracts;
  const wrapped = deployment.tokens.WPEAQ.address;
  const created = await createOrderWithCoin(maker, { orderRouter, buyToken: usdc, sellAmount: ETHER, price: PRICE });
  await settled(created);
  const order = await orderOf(created.simulated);
  assert.equal(order?.owner, maker.account.address);
  assert.ok(isAddressEqual(order.sellToken, wrapped));

  const plain = { minReceive: 0n, maxPrice: 0n, limits: [] };
  const forCoin = {
    ...plain,
    sellToken: wrapped,
    buyToken: usdc,
    takeAmount: ETHER,
    maxPay: 3_000_000_000n,
    ids: [created.simulated],
  };
  await approveToken(taker, { token: usdc, spender: orderRouter });
  const recipient = chain.wallet(8).account.address;
  const had = await chain.client.getBalance({ address: recipient });
  const sold = await fillOrdersForCoin(taker, { orderRouter, leg: forCoin, recipient });
  await settled(sold);
  assert.equal(await chain.client.getBalance({ address: recipient }), had + sold.simulated.received);

  const bid = await createOrder(maker, {
    orderNFT,
    sellToken: usdc,
    buyToken: wrapped,
    sellAmount: 3_000_000_000n,
    price: MIRRORED,
  });
  const withCoin = {
    ...plain,
    sellToken: usdc,
    buyToken: wrapped,
    takeAmount: 3_000_000_000n,
    maxPay: 2n * ETHER,
    ids: [bid.simulated],
  };
  const bought = await fillOrdersWithCoin(taker, { orderRouter, leg: withCoin, recipient });
  await settled(bought);
  assert.equal(await balance(usdc, recipient), bought.simulated.received);
  assert.ok(bought.simulated.paid <= ETHER + 1n);
  await refused(
    () => fillOrdersWithCoin(taker, { orderRouter, leg: { ...withCoin, buyToken: weth } }),
    "NotWrappedCoin",
    /is not the wrapped coin/,
  );
});

test("matchOrders settles crossing orders and pays the surplus to the sender", async () => {
  const { orderMatcher } = deployment.contracts;
  const { simulated: idA } = await ask();
  const cheap = encodePrice(ETHER, 3_300n * 10n ** 6n);
  const { simulated: idB } = await createOrder(taker, {
    orderNFT,
    sellToken: usdc,
    buyToken: weth,
    sellAmount: 3_300n * 10n ** 6n,
    price: cheap,
  });
  const preview = await previewMatch(chain.client, { orderMatcher, idA, idB });
  assert.ok(preview.takeA > 0n && preview.surplusA + preview.surplusB > 0n);
  const keeper = chain.wallet(9);
  const sent = await matchOrders(keeper, { orderMatcher, idA, idB });
  assert.deepEqual(sent.simulated, preview);
  await settled(sent);
  assert.equal(await balance(weth, keeper.account.address), preview.surplusA);
  assert.equal(await balance(usdc, keeper.account.address), preview.surplusB);
  await refused(() => matchOrders(keeper, { orderMatcher, idA, idB }), "NotMatchable", /does not exist/);
});

test("a pause refuses creation and says until when; the refusal may be retried", async () => {
  const admin = chain.wallet(0);
  const { accessManager } = deployment.contracts;
  await admin.writeContract({
    address: accessManager,
    abi: accessManagerAbi,
    functionName: "setTargetFunctionRole",
    args: [orderNFT, ["0x136439dd"], 0n],
  });
  await admin.writeContract({ address: orderNFT, abi: orderNftAbi, functionName: "pause", args: [3_600n] });
  await assert.rejects(
    ask(),
    (error) => error instanceof CallError && error.errorName === "ProtocolPaused" && error.retryable,
  );
});

test("getWallet tells balance, allowance and credit", async () => {
  const [first, second] = await getWallet(chain.client, {
    ...deployment.contracts,
    account: chain.wallet(7).account.address,
    tokens: [weth, usdc],
  });
  assert.deepEqual(first, { token: weth, balance: 0n, allowance: 0n, credit: 0n });
  assert.equal(second?.token, usdc);
  await approveToken(chain.wallet(7), { token: weth, spender: orderNFT, amount: 5n });
  const [after_] = await getWallet(chain.client, {
    ...deployment.contracts,
    account: chain.wallet(7).account.address,
    tokens: [weth],
  });
  assert.equal(after_?.allowance, 5n);
});

test("an action needs an account, takes one by address, and honours gas bounds", async () => {
  await assert.rejects(
    createOrder(chain.client, { orderNFT, sellToken: weth, buyToken: usdc, sellAmount: 1n, price: PRICE }),
    TypeError,
  );
  const sent = await createOrder(chain.client, {
    orderNFT,
    sellToken: weth,
    buyToken: usdc,
    sellAmount: ETHER,
    price: PRICE,
    account: maker.account.address,
    gas: 300_000n,
    maxFeePerGas: 5_000_000_000n,
    maxPriorityFeePerGas: 1n,
    reader: chain.client,
  });
  const { receipt } = await settled(sent);
  const transaction = await chain.client.getTransaction({ hash: sent.hash });
  assert.deepEqual(
    [transaction.gas, transaction.maxFeePerGas, receipt.from],
    [300_000n, 5_000_000_000n, maker.account.address.toLowerCase()],
  );
});

test("waitForOrders reports a reverted transaction", async () => {
  const hash = await maker.writeContract({
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "cancel",
    args: [1n],
    gas: 100_000n,
  });
  await assert.rejects(
    settled({ hash }),
    (error) => error instanceof CallError && error.message.includes("was reverted"),
  );
});

test("orders without expiry say so in their id", async () => {
  const { simulated } = await ask();
  assert.equal(unpackOrderId(simulated).expiry, NO_EXPIRY);
  assert.notEqual((await orderOf(simulated))?.privateTaker, undefined);
  assert.equal((await orderOf(simulated))?.privateTaker, zeroAddress);
});
