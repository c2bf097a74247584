/** What the lens tells, and liquidations that pay for themselves, against a chain. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import { type Address, erc20Abi, type Hash, parseEventLogs, zeroAddress } from "viem";

import {
  borrowAsset,
  CallError,
  createOrder,
  flashJob,
  flashLiquidate,
  flashLiquidatorAbi,
  getAccountHealth,
  getLastPrice,
  getLendAccounts,
  getLendAssets,
  getLendDashboard,
  getLendMarkets,
  getOrders,
  getPoolAccount,
  getPoolParameters,
  getPoolPause,
  getPoolRates,
  getPoolTotals,
  getPositions,
  getTakerFee,
  LIQUIDATION_GRACE,
  NO_DEBT_HEALTH,
  parsePrice,
  previewFlashLiquidation,
  previewLiquidation,
  PriceQuality,
  routeSweep,
  setCollateral,
  supplyAsset,
  UNLIMITED,
  uTokenAbi,
  waitForLend,
  waitForOrders,
} from "../src/index.ts";
import { startChain, type TestChain, type TestWallet } from "./support/chain.ts";
import { deployArtifact } from "./support/deployArtifact.ts";
import { deployDex, type DexDeployment } from "./support/deployDex.ts";
import { deployLend, setLastPrice, setPrice, setQuote, SYMBOLS, type TestLend } from "./support/deployLend.ts";

const WAD = 10n ** 18n;
const ETHER = 10n ** 18n;
const USD = 10n ** 6n;

let chain: TestChain;
let deployment: TestLend;
let dex: DexDeployment;
let lens: Address;
let controller: Address;
let flashLiquidator: Address;
let alice: TestWallet;
let bob: TestWallet;
let keeper: TestWallet;
let usdc: Address;
let weth: Address;
let uUsdc: Address;
let uWeth: Address;
let snapshot: `0x${string}`;

before(async () => {
  chain = await startChain();
  deployment = await deployLend(chain);
  dex = await deployDex(chain);
  ({ controller, lens } = deployment.lend);
  const artifact = "contracts/periphery/FlashLiquidator.sol/FlashLiquidator";
  flashLiquidator = await deployArtifact(chain, artifact, [controller, dex.contracts.orderNFT]);
  [alice, bob, keeper] = [chain.wallet(1), chain.wallet(2), chain.wallet(7)];
  [usdc, weth] = [deployment.tokens.USDC.address, deployment.tokens.WETH.address];
  [uUsdc, uWeth] = [deployment.lend.pools.USDC.address, deployment.lend.pools.WETH.address];
  await approve(bob, usdc, dex.contracts.orderNFT);

  // Bob lends USDC, of which Alice has borrowed 22,000 behind 10 WETH at 3,000 USD: health 1.09.
  await supplyAsset(bob, { pool: uUsdc, assets: 100_000n * USD });
  await supplyAsset(alice, { pool: uWeth, assets: 10n * ETHER });
  await setCollateral(alice, { pool: uWeth, on: true });
  await settled(await borrowAsset(alice, { pool: uUsdc, assets: 22_000n * USD }));
  snapshot = await chain.client.snapshot();
});

beforeEach(async () => {
  await chain.client.revert({ id: snapshot });
  snapshot = await chain.client.snapshot();
});

after(() => chain.stop());

const settled = ({ hash }: { hash: Hash }) => waitForLend(chain.client, { hash });
const balance = (token: Address, account: Address) =>
  chain.client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [account] });
const approve = (wallet: TestWallet, token: Address, spender: Address) =>
  wallet.writeContract({ address: token, abi: erc20Abi, functionName: "approve", args: [spender, UNLIMITED] });
const latest = async () => ({ blockNumber: await chain.client.getBlockNumber({ cacheTime: 0 }) });

test("getLendMarkets tells each market as pool, controller and oracle do", async () => {
  const at = await latest();
  const markets = await getLendMarkets(chain.client, { lens, ...at });
  const assets = await getLendAssets(chain.client, { controller, ...at });
  assert.equal(markets.length, SYMBOLS.length);
  for (const [id, market] of markets.entries()) {
    const { asset, quote, lastPrice, priceAge, readable, totals, supplied, rates, ...rest } = market;
    const { parameters, pausedUntil, ...listed } = rest;
    assert.deepEqual(listed, assets[id]);
    assert.equal(lastPrice, 0n, "not asked for while there is a price");
    assert.equal(asset.toLowerCase(), deployment.tokens[SYMBOLS[id] ?? "NIL"].address.toLowerCase());
    assert.equal(readable, true);
    const pool = { pool: market.pool, ...at };
    assert.deepEqual(totals, await getPoolTotals(chain.client, pool));
    assert.deepEqual(rates, await getPoolRates(chain.client, pool));
    assert.deepEqual(parameters, await getPoolParameters(chain.client, pool));
    assert.equal(pausedUntil, await getPoolPause(chain.client, pool));
    assert.ok(priceAge >= 0n && supplied === totals.cash + totals.debt - totals.reserve);
    assert.equal(quote.quality, PriceQuality.Fresh);
  }
  assert.equal(markets[1]?.quote.low, 3_000n * WAD);
  assert.equal(markets[0]?.totals.cash, 78_000n * USD);
});

test("getLendAccounts tells accounts in the order asked for, with ids for what they use", async () => {
  const at = await latest();
  const list = [bob.account.address, alice.account.address, zeroAddress];
  const [lender, borrower, nobody, ...more] = await getLendAccounts(chain.client, { lens, accounts: list, ...at });
  assert.deepEqual(more, []);
  assert.deepEqual([lender?.collateralIds, lender?.debtIds, lender?.health], [[], [], NO_DEBT_HEALTH]);
  assert.deepEqual([nobody?.account, nobody?.debt], [zeroAddress, 0n]);
  assert.deepEqual([borrower?.collateralIds, borrower?.debtIds, borrower?.unreadableIds], [[1], [0], []]);
  const health = await getAccountHealth(chain.client, { controller, account: alice.account.address, ...at });
  assert.deepEqual(
    [borrower?.collateral, borrower?.power, borrower?.debt, borrower?.health, borrower?.quality],
    [health.collateral, health.power, health.debt, health.health, health.quality],
  );
  assert.equal(borrower?.healthInFavour, health.health);
  assert.ok((borrower?.liquidatableFrom ?? UNLIMITED) <= (await chain.client.getBlock(at)).timestamp);
  assert.deepEqual(await getLendAccounts(chain.client, { lens, accounts: [], ...at }), []);

  const [low, high] = [2_700n * WAD, 3_000n * WAD];
  await setQuote(chain, deployment, "WETH", { low, high, quality: PriceQuality.Halted, liquidatableFrom: 0n });
  const [blind] = await getLendAccounts(chain.client, { lens, accounts: [alice.account.address] });
  assert.deepEqual([blind?.liquidatableFrom, blind?.quality], [UNLIMITED, PriceQuality.Halted]);
  await setLastPrice(chain, deployment, "WETH", low);
  assert.equal((await getLendMarkets(chain.client, { lens }))[1]?.lastPrice, low);
  const asset = deployment.tokens.WETH.address;
  assert.equal(await getLastPrice(chain.client, { priceOracle: deployment.oracle, asset }), low);
  const positions = await getPositions(chain.client, { controller, account: alice.account.address });
  assert.deepEqual(
    positions.map((one) => one.lastPrice),
    [0n, low],
    "of prices that are of no use alone",
  );
});

test("getLendDashboard is markets, account and positions of one block", async () => {
  const at = await latest();
  const account = alice.account.address;
  const { markets, summary, positions } = await getLendDashboard(chain.client, { lens, account, ...at });
  assert.deepEqual(markets, await getLendMarkets(chain.client, { lens, ...at }));
  assert.deepEqual([summary], await getLendAccounts(chain.client, { lens, accounts: [account], ...at }));
  assert.deepEqual(
    positions.map(({ id, readable, isCollateral }) => [id, readable, isCollateral]),
    SYMBOLS.map((_, id) => [id, true, id === 1]),
  );
  const inWeth = await getPoolAccount(chain.client, { pool: uWeth, account, ...at });
  assert.deepEqual(
    [positions[1]?.shares, positions[1]?.supplied, positions[1]?.wallet],
    [inWeth.supplyShares, inWeth.supplied, await balance(weth, account)],
  );
  assert.ok((positions[0]?.debt ?? 0n) >= 22_000n * USD);
  assert.ok((positions[0]?.borrowable ?? 0n) > 0n && (positions[1]?.withdrawable ?? 0n) > 0n);
});

test("a pool that was paused rests for LIQUIDATION_GRACE after it", async () => {
  await setPrice(chain, deployment, "WETH", 2_700n * WAD);
  const admin = chain.wallet(0);
  await admin.writeContract({ address: uUsdc, abi: uTokenAbi, functionName: "pause", args: [60n], gas: 500_000n });
  const pausedUntil = (await getLendMarkets(chain.client, { lens }))[0]?.pausedUntil ?? 0n;
  assert.equal(pausedUntil, await getPoolPause(chain.client, { pool: uUsdc }));
  const preview = async (timestamp: bigint) => {
    await chain.client.setNextBlockTimestamp({ timestamp });
    await chain.client.mine({ blocks: 1 });
    const { blockNumber } = await latest();
    return previewFlashLiquidation(chain.client, { ...job(), profitToken: weth, blockNumber });
  };
  const isRest = (error: unknown): boolean => error instanceof CallError && error.errorName === "LiquidationGrace";
  const isShort = (error: unknown): boolean => error instanceof CallError && error.errorName === "RepaymentShort";
  await assert.rejects(preview(pausedUntil - 1n), isShort, "a pause stops no liquidation");
  await assert.rejects(preview(pausedUntil), isRest);
  await assert.rejects(preview(pausedUntil + LIQUIDATION_GRACE - 1n), isRest);
  await assert.rejects(preview(pausedUntil + LIQUIDATION_GRACE), isShort);
});

const job = () => ({
  flashLiquidator,
  account: keeper.account.address,
  borrower: alice.account.address,
  debtId: 0,
  collateralId: 1,
  profitToken: usdc,
});

/** Bob pays `price` USDC a WETH, for as much as `units` of USDC buy. */
async function bid(price: string, units: bigint): Promise<bigint> {
  const { hash } = await createOrder(bob, {
    ...dex.contracts,
    sellToken: usdc,
    buyToken: weth,
    sellAmount: units,
    price: parsePrice(price, { side: "buy", sellDecimals: 6, buyDecimals: 18 }),
  });
  const { created } = await waitForOrders(chain.client, { hash });
  const id = created[0]?.id;
  assert.ok(id !== undefined);
  return id;
}

/** The trade that sells all of `budget` WETH to the orders. */
async function legOf(ids: readonly bigint[], budget: bigint) {
  const { orderLens, orderNFT } = dex.contracts;
  const orders = await getOrders(chain.client, { orderLens, ids, taker: flashLiquidator });
  const { timestamp } = await chain.client.getBlock();
  return routeSweep({
    orders: orders.filter((order) => order !== undefined),
    sellToken: usdc,
    buyToken: weth,
    budget,
    timestamp,
    taker: flashLiquidator,
    takerFee: await getTakerFee(chain.client, { orderNFT }),
  });
}

test("flashLiquidate sells what it seizes and pays out the rest, as previewed and as routed", async () => {
  await setPrice(chain, deployment, "WETH", 2_700n * WAD);
  const id = await bid("2690", 60_000n * USD);
  const plan = await previewLiquidation(chain.client, { controller, ...job() });
  const maxRepay = plan.repaid;
  const { assets } = await previewLiquidation(chain.client, { controller, ...job(), maxRepay });
  const { leg, expected } = await legOf([id], assets);
  const terms = { ...job(), maxRepay, legs: [leg] };
  const preview = await previewFlashLiquidation(chain.client, terms);
  assert.deepEqual([preview.repaid, preview.own], [maxRepay, 0n]);
  assert.equal(preview.profit, expected.received - maxRepay);

  await assert.rejects(
    flashLiquidate(keeper, { ...terms, account: keeper.account, minProfit: 2n * preview.profit }),
    (error) =>
      error instanceof CallError &&
      error.errorName === "ProfitTooSmall" &&
      error.message.includes("less than the profit"),
  );
  const receiver = chain.wallet(8).account.address;
  const sent = await flashLiquidate(keeper, { ...terms, account: keeper.account, recipient: receiver });
  const { liquidated, receipt } = await settled(sent);
  const [event] = parseEventLogs({ abi: flashLiquidatorAbi, eventName: "FlashLiquidated", logs: receipt.logs });
  assert.equal(event?.args.profit, sent.simulated.profit);
  assert.deepEqual([liquidated[0]?.liquidator.toLowerCase(), liquidated[0]?.repaid], [flashLiquidator, maxRepay]);
  assert.equal(await balance(usdc, receiver), event?.args.profit);
  assert.equal(await balance(usdc, keeper.account.address), 0n);
});

test("flashLiquidate of shares and own money", async () => {
  await setPrice(chain, deployment, "WETH", 2_700n * WAD);
  await assert.rejects(
    previewFlashLiquidation(chain.client, { ...job(), maxRepay: 1_000n * USD }),
    (error) =>
      error instanceof CallError &&
      error.errorName === "RepaymentShort" &&
      error.message.startsWith("1000000000 units of"),
  );
  const held = await balance(usdc, bob.account.address);
  await approve(bob, usdc, flashLiquidator);
  const own = { ...job(), account: bob.account, maxRepay: 1_000n * USD, maxOwn: UNLIMITED, asShares: true };
  const sent = await flashLiquidate(bob, { ...own, profitToken: uWeth, minProfit: 1n });
  await settled(sent);
  assert.deepEqual([sent.simulated.own, sent.simulated.repaid], [1_000n * USD, 1_000n * USD]);
  assert.equal(await balance(usdc, bob.account.address), held - 1_000n * USD);
  assert.equal(
    (await getPoolAccount(chain.client, { pool: uWeth, account: bob.account.address })).supplyShares,
    sent.simulated.profit,
  );
  const redeemed = await flashLiquidate(bob, { ...own, profitToken: weth, redeemShares: UNLIMITED });
  assert.ok(redeemed.simulated.profit > ETHER / 3n);
});

test("flashLiquidate is refused as the controller and its own rules say", async () => {
  const terms = { ...job(), legs: [] };
  const refusal = (name: string) => (error: unknown) => error instanceof CallError && error.errorName === name;
  await assert.rejects(previewFlashLiquidation(chain.client, terms), refusal("AccountHealthy"));
  await setPrice(chain, deployment, "WETH", 2_700n * WAD);
  await assert.rejects(previewFlashLiquidation(chain.client, { ...terms, deadline: 1n }), refusal("DeadlinePassed"));
  await assert.rejects(
    previewFlashLiquidation(chain.client, { ...terms, recipient: flashLiquidator }),
    refusal("InvalidRecipient"),
  );
  await assert.rejects(previewFlashLiquidation(chain.client, { ...terms, debtId: 9 }), refusal("UnknownId"));
});

test("flashJob fills in what is not said", () => {
  assert.deepEqual(flashJob({ borrower: zeroAddress, debtId: 3, collateralId: 4, profitToken: zeroAddress }), {
    borrower: zeroAddress,
    debtId: 3n,
    collateralId: 4n,
    maxRepay: UNLIMITED,
    asShares: false,
    redeemShares: 0n,
    legs: [],
    maxOwn: 0n,
    profitToken: zeroAddress,
    minProfit: 0n,
    recipient: zeroAddress,
    deadline: 0n,
  });
});
