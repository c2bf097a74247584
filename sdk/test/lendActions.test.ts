/** Every lending action against a chain: what it sends, what changes by it, and the sentence when it cannot be. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import {
  type Address,
  decodeFunctionResult,
  encodeAbiParameters,
  encodeFunctionData,
  erc20Abi,
  type Hash,
  parseAbi,
  zeroAddress,
} from "viem";

import {
  accrueMarket,
  accruePool,
  approveBorrow,
  approveBorrowTypedData,
  approveBorrowWithSignature,
  borrowAsset,
  borrowDebtShares,
  CallError,
  demoTokenAbi,
  erc2612TypedData,
  flashFeeUp,
  flashLoan,
  flashLoanBatch,
  fundInsurance,
  getAccountAssets,
  getAccountHealth,
  getBorrowAllowance,
  getLendAsset,
  getLendAssets,
  getPoolAccount,
  getPoolNonce,
  getPoolParameters,
  getPoolPause,
  getPoolRates,
  getPoolTotals,
  getPositions,
  liquidateAccount,
  liquidationBonus,
  mintShares,
  multicallPool,
  type NamedToken,
  NO_DEBT_HEALTH,
  planLiquidation,
  previewLiquidation,
  PriceQuality,
  redeemShares,
  repayDebt,
  repayDebtShares,
  repayDebtWithPermit,
  setCollateral,
  setCollateralTypedData,
  setCollateralWithSignature,
  supplyAsset,
  supplyAssetWithPermit,
  sweepReserve,
  toSharesDown,
  UNLIMITED,
  uTokenAbi,
  waitForLend,
  withdrawAsset,
} from "../src/index.ts";
import { startChain, type TestChain, type TestWallet } from "./support/chain.ts";
import { deployArtifact } from "./support/deployArtifact.ts";
import {
  CAP,
  CLOSE_FACTOR,
  deployLend,
  FLASH_FEE,
  MARKETS,
  setPrice,
  setQuote,
  type TestLend,
} from "./support/deployLend.ts";

const WAD = 10n ** 18n;
const ETHER = 10n ** 18n;
const USD = 10n ** 6n;
const deadline = 10_000_000_000n;

let chain: TestChain;
let deployment: TestLend;
let controller: Address;
let alice: TestWallet;
let bob: TestWallet;
let carol: TestWallet;
let usdc: Address;
let weth: Address;
let uUsdc: Address;
let uWeth: Address;
let tokens: readonly NamedToken[];
let snapshot: `0x${string}`;

before(async () => {
  chain = await startChain();
  deployment = await deployLend(chain);
  ({ controller } = deployment.lend);
  [alice, bob, carol] = [chain.wallet(1), chain.wallet(2), chain.wallet(3)];
  [usdc, weth] = [deployment.tokens.USDC.address, deployment.tokens.WETH.address];
  [uUsdc, uWeth] = [deployment.lend.pools.USDC.address, deployment.lend.pools.WETH.address];
  tokens = Object.entries(deployment.tokens).map(([symbol, token]) => ({ symbol, ...token }));
  snapshot = await chain.client.snapshot();
});

beforeEach(async () => {
  await chain.client.revert({ id: snapshot });
  snapshot = await chain.client.snapshot();
});

after(() => chain.stop());

const balance = (token: Address, account: Address) =>
  chain.client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [account] });
const settled = ({ hash }: { hash: Hash }) => waitForLend(chain.client, { hash });
const accountIn = (pool: Address, wallet: TestWallet) =>
  getPoolAccount(chain.client, { pool, account: wallet.account.address });
const healthOf = (wallet: TestWallet) =>
  getAccountHealth(chain.client, { controller, account: wallet.account.address });

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

/** Bob lends 100,000 USDC; Alice has 10 WETH as collateral, worth 30,000 USD. */
async function openMarket(): Promise<void> {
  await supplyAsset(bob, { pool: uUsdc, assets: 100_000n * USD });
  await supplyAsset(alice, { pool: uWeth, assets: 10n * ETHER });
  await setCollateral(alice, { pool: uWeth, on: true });
}

test("supplyAsset and mintShares bring shares, withdrawAsset and redeemShares assets", async () => {
  const held = await balance(usdc, bob.account.address);
  const supplied = await supplyAsset(bob, { pool: uUsdc, assets: 1_000n * USD, receiver: carol.account.address });
  const changes = await settled(supplied);
  assert.deepEqual(changes.supplied, [
    {
      pool: changes.supplied[0]?.pool,
      owner: carol.account.address,
      assets: 1_000n * USD,
      shares: supplied.simulated,
    },
  ]);
  assert.equal(changes.supplied[0]?.pool.toLowerCase(), uUsdc.toLowerCase());
  assert.equal(supplied.simulated, 1_000n * USD * 1_000_000n);
  assert.equal(await balance(usdc, bob.account.address), held - 1_000n * USD);
  assert.equal((await accountIn(uUsdc, carol)).supplyShares, supplied.simulated);

  const minted = await mintShares(bob, { pool: uUsdc, shares: 5n * USD * 1_000_000n });
  assert.equal(minted.simulated, 5n * USD);
  assert.equal((await accountIn(uUsdc, bob)).supplied, 5n * USD);

  const out = await withdrawAsset(carol, { pool: uUsdc, assets: 400n * USD, receiver: bob.account.address });
  assert.deepEqual(
    (await settled(out)).withdrawn.map(({ owner, receiver, assets, shares }) => ({ owner, receiver, assets, shares })),
    [
      {
        owner: carol.account.address,
        receiver: bob.account.address,
        assets: 400n * USD,
        shares: 400n * USD * 1_000_000n,
      },
    ],
  );
  const rest = (await accountIn(uUsdc, carol)).supplyShares;
  const redeemed = await redeemShares(carol, { pool: uUsdc, shares: rest });
  assert.equal(redeemed.simulated, 600n * USD);
  assert.equal((await accountIn(uUsdc, carol)).supplyShares, 0n);
});

test("withdrawAsset and redeemShares of another's shares need an allowance", async () => {
  await supplyAsset(bob, { pool: uUsdc, assets: 10n * USD });
  const taking = { pool: uUsdc, owner: bob.account.address };
  await refused(
    () => withdrawAsset(carol, { ...taking, assets: USD }),
    "ERC20InsufficientAllowance",
    /approve the token/,
  );
  await bob.writeContract({
    address: uUsdc,
    abi: erc20Abi,
    functionName: "approve",
    args: [carol.account.address, 4n * USD * 1_000_000n],
  });
  const held = await balance(usdc, carol.account.address);
  await withdrawAsset(carol, { ...taking, assets: USD });
  await redeemShares(carol, { ...taking, shares: 3n * USD * 1_000_000n });
  assert.equal(await balance(usdc, carol.account.address), held + 4n * USD);
});

test("supplying explains a missing approval, an empty amount and a full pool", async () => {
  const poor = chain.wallet(7);
  const known = { pool: uUsdc, asset: usdc, tokens };
  await refused(() => supplyAsset(poor, { ...known, assets: USD }), "PullFailed", /^1 USDC could not be taken from 0x/);
  await refused(() => supplyAsset(bob, { ...known, assets: 0n }), "ZeroAmount", /worth nothing/);
  const above = CAP * USD + 1n;
  await refused(
    () => supplyAsset(bob, { ...known, assets: above }),
    "SupplyCapExceeded",
    /would hold 1000000\.000001 USDC, above its cap of 1000000 USDC/,
  );
  await refused(
    () => withdrawAsset(bob, { ...known, assets: USD }),
    "ERC20InsufficientBalance",
    new RegExp(bob.account.address),
  );
});

test("supplyAssetWithPermit needs no approval before it", async () => {
  const assets = 7n * USD;
  await bob.writeContract({ address: usdc, abi: erc20Abi, functionName: "approve", args: [uUsdc, 0n] });
  const signature = await permitOf(bob, assets);
  const { simulated } = await supplyAssetWithPermit(bob, { pool: uUsdc, assets, deadline, signature });
  assert.equal((await accountIn(uUsdc, bob)).supplyShares, simulated);
  await refused(
    () => supplyAssetWithPermit(bob, { pool: uUsdc, assets, deadline, signature }),
    "InvalidSignature",
    /was used before/,
  );
});

async function permitOf(wallet: TestWallet, value: bigint) {
  const nonce = await chain.client.readContract({
    address: usdc,
    abi: demoTokenAbi,
    functionName: "nonces",
    args: [wallet.account.address],
  });
  return wallet.signTypedData(
    erc2612TypedData({
      chainId: chain.client.chain.id,
      token: usdc,
      tokenName: deployment.tokens.USDC.name,
      owner: wallet.account.address,
      spender: uUsdc,
      value,
      nonce,
      deadline,
    }),
  );
}

test("setCollateral switches shares on and off, and what cannot be collateral is refused", async () => {
  await supplyAsset(alice, { pool: uWeth, assets: ETHER });
  assert.deepEqual(
    (await settled(await setCollateral(alice, { pool: uWeth, on: true }))).switched.map(({ account, on }) => [
      account,
      on,
    ]),
    [[alice.account.address, true]],
  );
  assert.equal((await accountIn(uWeth, alice)).isCollateral, true);
  assert.deepEqual(await getAccountAssets(chain.client, { controller, account: alice.account.address }), {
    collateral: [1],
    debt: [],
  });
  await setCollateral(alice, { pool: uWeth, on: false });
  assert.equal((await accountIn(uWeth, alice)).isCollateral, false);

  await setCollateral(alice, { pool: deployment.lend.pools.ISO.address, on: true });
  await refused(
    () => setCollateral(alice, { pool: uWeth, on: true }),
    "IsolationBroken",
    /Asset 4 stands in the way: isolated collateral must be the only one/,
  );
});

test("setCollateralWithSignature works for the owner's signature, once", async () => {
  await supplyAsset(alice, { pool: uWeth, assets: ETHER });
  const signed = {
    chainId: chain.client.chain.id,
    pool: uWeth,
    poolName: "Pooled WETH",
    owner: alice.account.address,
    on: true,
    nonce: await getPoolNonce(chain.client, { pool: uWeth, account: alice.account.address }),
    deadline,
  };
  const signature = await alice.signTypedData(setCollateralTypedData(signed));
  const call = { pool: uWeth, owner: alice.account.address, on: true, deadline, signature };
  await refused(() => setCollateralWithSignature(bob, { ...call, on: false }), "InvalidSignature", /is not by/);
  await refused(
    () => setCollateralWithSignature(bob, { ...call, deadline: 1n }),
    "SignatureExpired",
    /The signature expired at 1970/,
  );
  await setCollateralWithSignature(bob, call);
  assert.equal((await accountIn(uWeth, alice)).isCollateral, true);
  assert.equal(await getPoolNonce(chain.client, { pool: uWeth, account: alice.account.address }), 1n);
  await refused(() => setCollateralWithSignature(bob, call), "InvalidSignature", /used before/);
});

test("borrowAsset, borrowDebtShares, repayDebt and repayDebtShares move debt and money", async () => {
  await openMarket();
  const held = await balance(usdc, alice.account.address);
  const { simulated, hash } = await borrowAsset(alice, { pool: uUsdc, assets: 10_000n * USD });
  const changes = await waitForLend(chain.client, { hash });
  assert.deepEqual(
    changes.borrowed.map(({ onBehalf, receiver, assets, debtShares }) => ({ onBehalf, receiver, assets, debtShares })),
    [
      {
        onBehalf: alice.account.address,
        receiver: alice.account.address,
        assets: 10_000n * USD,
        debtShares: simulated,
      },
    ],
  );
  assert.equal(await balance(usdc, alice.account.address), held + 10_000n * USD);
  assert.deepEqual((await getAccountAssets(chain.client, { controller, account: alice.account.address })).debt, [0]);
  const shares = await borrowDebtShares(alice, { pool: uUsdc, debtShares: 5n * USD, receiver: carol.account.address });
  assert.ok(shares.simulated >= 5n * USD);

  const part = await repayDebtShares(bob, { pool: uUsdc, debtShares: 1_000n * USD, onBehalf: alice.account.address });
  assert.ok(part.simulated >= 1_000n * USD, "rounded up, with interest");
  const { repaid } = await settled(
    await repayDebt(bob, { pool: uUsdc, assets: 2_000n * USD, onBehalf: alice.account.address }),
  );
  assert.deepEqual(
    repaid.map(({ caller, onBehalf, assets }) => [caller, onBehalf, assets]),
    [[bob.account.address, alice.account.address, 2_000n * USD]],
  );
  await repayDebt(alice, { pool: uUsdc, onBehalf: alice.account.address });
  const { debt, debtShares } = await accountIn(uUsdc, alice);
  assert.deepEqual([debt, debtShares], [0n, 0n], "all of it");
  await refused(
    () => repayDebt(alice, { pool: uUsdc, onBehalf: alice.account.address }),
    "NothingOwed",
    /owes nothing in this pool/,
  );
});

test("repayDebtWithPermit needs no approval before it", async () => {
  await openMarket();
  await borrowAsset(alice, { pool: uUsdc, assets: 100n * USD });
  await alice.writeContract({ address: usdc, abi: erc20Abi, functionName: "approve", args: [uUsdc, 0n] });
  const signature = await permitOf(alice, 40n * USD);
  const call = { pool: uUsdc, assets: 40n * USD, onBehalf: alice.account.address, deadline, signature };
  assert.equal((await repayDebtWithPermit(alice, call)).simulated, 40n * USD);
  assert.ok((await accountIn(uUsdc, alice)).debt < 61n * USD);
});

test("borrowing explains what is missing: power, cash, cap, price", async () => {
  await openMarket();
  const known = { pool: uUsdc, asset: usdc, tokens };
  await refused(
    () => borrowAsset(alice, { ...known, assets: 22_501n * USD }),
    "Undercollateralised",
    /^Debts of 22501 USD would stand on a borrowing power of 22500 USD only\.$/,
  );
  await refused(
    () => borrowAsset(alice, { ...known, assets: 100_001n * USD }),
    "InsufficientCash",
    /^The pool holds 100000 USDC and cannot send 100001 USDC\.$/,
  );
  const pending = { low: 2_000n * WAD, high: 3_000n * WAD, quality: PriceQuality.Pending, liquidatableFrom: 0n };
  await setQuote(chain, deployment, "WETH", pending);
  await refused(
    () => borrowAsset(alice, { ...known, assets: USD }),
    "PriceNotFresh",
    /^WETH has made a jump in price that is not confirmed yet/,
  );
  await chain.wallet(0).writeContract({ address: uUsdc, abi: uTokenAbi, functionName: "setCaps", args: [CAP, 0n] });
  await refused(
    () => borrowAsset(alice, { ...known, assets: USD }),
    "BorrowCapExceeded",
    /would come to 1 USDC, above its cap of 0 USDC/,
  );
});

test("approveBorrow lets a delegate borrow, up to what is approved", async () => {
  await openMarket();
  const [owner, delegate] = [alice.account.address, carol.account.address];
  const borrowing = { pool: uUsdc, asset: usdc, tokens, onBehalf: owner };
  await refused(
    () => borrowAsset(carol, { ...borrowing, assets: USD }),
    "InsufficientBorrowAllowance",
    /may borrow 0 USDC in the name of 0x\w+ and asks for 1 USDC/,
  );
  await approveBorrow(alice, { pool: uUsdc, delegate, amount: 3n * USD });
  await borrowAsset(carol, { ...borrowing, assets: 2n * USD });
  assert.equal(await getBorrowAllowance(chain.client, { pool: uUsdc, owner, delegate }), USD);
  assert.ok((await accountIn(uUsdc, alice)).debt >= 2n * USD);
});

test("approveBorrowWithSignature is approveBorrow by signature", async () => {
  const [owner, delegate] = [alice.account.address, carol.account.address];
  const terms = { pool: uUsdc, owner, delegate, amount: UNLIMITED, deadline };
  const signature = await alice.signTypedData(
    approveBorrowTypedData({ ...terms, chainId: chain.client.chain.id, poolName: "Pooled USDC", nonce: 0n }),
  );
  await refused(
    () => approveBorrowWithSignature(bob, { ...terms, amount: 1n, signature }),
    "InvalidSignature",
    /not by/,
  );
  await approveBorrowWithSignature(bob, { ...terms, signature });
  assert.equal(await getBorrowAllowance(chain.client, { pool: uUsdc, owner, delegate }), UNLIMITED);
});

test("multicallPool does several things at once, or none", async () => {
  await supplyAsset(bob, { pool: uUsdc, assets: 1_000n * USD });
  const deposit = encodeFunctionData({
    abi: uTokenAbi,
    functionName: "deposit",
    args: [ETHER, alice.account.address],
  });
  const switchOn = encodeFunctionData({ abi: uTokenAbi, functionName: "setCollateral", args: [true] });
  const { simulated } = await multicallPool(alice, { pool: uWeth, calls: [deposit, switchOn] });
  const { supplyShares, isCollateral } = await accountIn(uWeth, alice);
  assert.equal(isCollateral, true);
  assert.equal(
    decodeFunctionResult({ abi: uTokenAbi, functionName: "deposit", data: simulated[0] ?? "0x" }),
    supplyShares,
  );
  const tooMuch = encodeFunctionData({
    abi: uTokenAbi,
    functionName: "withdraw",
    args: [9n * ETHER, alice.account.address, alice.account.address],
  });
  await refused(
    () => multicallPool(alice, { pool: uWeth, calls: [deposit, tooMuch] }),
    "ERC20InsufficientBalance",
    /needs/,
  );
});

test("getPoolTotals, getPoolParameters, getPoolRates and accruePool tell a pool as it is", async () => {
  await openMarket();
  await borrowAsset(alice, { pool: uUsdc, assets: 20_000n * USD });
  const parameters = await getPoolParameters(chain.client, { pool: uUsdc });
  const [baseBps, slope1Bps, slope2Bps, kinkBps] = MARKETS.USDC.curve;
  assert.deepEqual(parameters, {
    model: { baseBps, slope1Bps, slope2Bps, kinkBps },
    reserveFactorBps: MARKETS.USDC.reserve,
    supplyCap: CAP,
    borrowCap: CAP,
    flashFee: FLASH_FEE,
  });
  const before = await getPoolTotals(chain.client, { pool: uUsdc });
  assert.equal(before.cash, 80_000n * USD);
  const { borrowRate, supplyRate } = await getPoolRates(chain.client, { pool: uUsdc });
  assert.equal(borrowRate, (WAD * 125n) / 10_000n, "a quarter of the way to the kink");
  assert.equal(supplyRate, (WAD * 225n) / 100_000n);

  const year = before.updatedAt + 31_536_000n;
  await chain.client.setNextBlockTimestamp({ timestamp: year });
  await accruePool(bob, { pool: uUsdc });
  const after = await getPoolTotals(chain.client, { pool: uUsdc });
  const { debt, insurance, ...market } = after;
  assert.deepEqual(market, accrueMarket({ market: before, parameters, timestamp: year }));
  assert.ok(debt > 20_250n * USD && debt < 20_252n * USD);
  assert.equal(insurance, 0n);
  assert.equal(await getPoolPause(chain.client, { pool: uUsdc }), 0n);
});

test("fundInsurance and sweepReserve: what is insured stays, the rest goes to the treasury", async () => {
  await openMarket();
  await borrowAsset(alice, { pool: uUsdc, assets: 20_000n * USD });
  await fundInsurance(bob, { pool: uUsdc, amount: 50n * USD });
  assert.equal((await getPoolTotals(chain.client, { pool: uUsdc })).insurance, 50n * USD);
  await chain.client.increaseTime({ seconds: 31_536_000 });
  await chain.client.mine({ blocks: 1 });
  const { reserve } = await getPoolTotals(chain.client, { pool: uUsdc });
  const { hash } = await sweepReserve(carol, { pool: uUsdc });
  await waitForLend(chain.client, { hash });
  const swept = await balance(usdc, deployment.treasury);
  assert.ok(swept >= reserve - 50n * USD && swept < reserve - 49n * USD);
  await refused(
    () => sweepReserve(carol, { pool: deployment.lend.pools.SBTC.address }),
    "NothingToSend",
    /^There is nothing to send\.$/,
  );
});

test("getLendAssets tells what the controller lists", async () => {
  const assets = await getLendAssets(chain.client, { controller });
  assert.equal(assets.length, 5);
  const iso = assets[4];
  assert.deepEqual(iso, {
    id: 4,
    pool: iso?.pool,
    decimals: 18,
    bonus: liquidationBonus(6_000n),
    loweredAt: 0n,
    collateralFactorBps: 5_000n,
    thresholdBps: 6_000n,
    closeFactorBps: CLOSE_FACTOR,
    isolated: true,
    isolationDebt: false,
  });
  assert.equal(assets[0]?.isolationDebt, true);
  assert.deepEqual(await getLendAsset(chain.client, { controller, id: 4 }), iso);
  await refused(() => getLendAsset(chain.client, { controller, id: 5 }), "UnknownId", /^There is no asset 5\.$/);
});

test("getAccountHealth and getPositions tell where an account stands", async () => {
  assert.equal((await healthOf(alice)).health, NO_DEBT_HEALTH);
  await openMarket();
  await borrowAsset(alice, { pool: uUsdc, assets: 15_000n * USD });
  const health = await healthOf(alice);
  assert.equal(health.collateral, 30_000n * WAD);
  assert.equal(health.power, 22_500n * WAD);
  assert.equal(health.quality, PriceQuality.Fresh);
  const positions = await getPositions(chain.client, { controller, account: alice.account.address, ids: [2, 1] });
  assert.deepEqual(
    positions.map(({ id, isCollateral }) => [id, isCollateral]),
    [
      [0, false],
      [1, true],
      [2, false],
    ],
  );
  assert.equal(positions[1]?.supplied, 10n * ETHER);
  assert.equal(positions[0]?.asset.toLowerCase(), usdc.toLowerCase());
  assert.equal(positions[0]?.quote.low, WAD);
  const past = await getPositions(chain.client, {
    controller,
    account: alice.account.address,
    blockNumber: (await chain.client.getBlockNumber({ cacheTime: 0 })) - 1n,
  });
  assert.deepEqual(
    past.map(({ id }) => id),
    [1],
    "the block before has no debt",
  );
  assert.deepEqual(await getPositions(chain.client, { controller, account: zeroAddress, blockTag: "latest" }), []);
});

test("liquidateAccount pays a debt and brings what the preview says", async () => {
  await openMarket();
  await borrowAsset(alice, { pool: uUsdc, assets: 22_000n * USD });
  const order = { controller, borrower: alice.account.address, debtId: 0, collateralId: 1 };
  await refused(() => liquidateAccount(carol, order), "AccountHealthy", /at a health of 1\.09.*, and only below 1/);
  await refused(() => previewLiquidation(chain.client, order), "AccountHealthy", /cannot be liquidated/);

  await setPrice(chain, deployment, "WETH", 2_700n * WAD);
  await refused(() => liquidateAccount(alice, order), "SelfLiquidation", /cannot liquidate itself/);
  const preview = await previewLiquidation(chain.client, order);
  const positions = await getPositions(chain.client, { controller, account: alice.account.address });
  const { timestamp } = await chain.client.getBlock();
  assert.deepEqual(planLiquidation({ positions, debtId: 0, collateralId: 1, timestamp }).plan, preview);

  const [paid, got] = [await balance(usdc, carol.account.address), await balance(weth, carol.account.address)];
  const sent = await liquidateAccount(carol, { ...order, maxRepay: 1_000n * USD, minSeized: ETHER / 3n });
  const [liquidated] = (await settled(sent)).liquidated;
  assert.equal(liquidated?.repaid, 1_000n * USD);
  assert.deepEqual([liquidated?.debtId, liquidated?.collateralId, liquidated?.asShares], [0, 1, false]);
  assert.equal(await balance(usdc, carol.account.address), paid - 1_000n * USD);
  assert.equal(await balance(weth, carol.account.address), got + (liquidated?.seized ?? 0n));
  assert.equal(sent.simulated.seized, liquidated?.seized);
  const bonus = liquidationBonus(8_000n);
  const least = (((1_000n * ETHER) / 2_700n) * (WAD + (bonus * 6n) / 10n)) / WAD;
  assert.ok((liquidated?.seized ?? 0n) <= least && (liquidated?.seized ?? 0n) > least - 5n);

  await refused(
    () => liquidateAccount(carol, { ...order, maxRepay: 1_000n * USD, minSeized: ETHER }),
    "SeizedTooLittle",
    /less than the 1000000000000000000 asked for/,
  );
  const shares = await liquidateAccount(carol, {
    ...order,
    maxRepay: 1_000n * USD,
    asShares: true,
    receiver: bob.account.address,
  });
  await settled(shares);
  assert.equal((await accountIn(uWeth, bob)).supplyShares, shares.simulated.seized);
});

test("liquidateAccount strikes off what no collateral is left for, and says so", async () => {
  await openMarket();
  await borrowAsset(alice, { pool: uUsdc, assets: 22_000n * USD });
  await setPrice(chain, deployment, "WETH", 1_000n * WAD);
  const { badDebt, liquidated } = await settled(
    await liquidateAccount(carol, { controller, borrower: alice.account.address, debtId: 0, collateralId: 1 }),
  );
  assert.equal(badDebt.length, 1);
  assert.equal(badDebt[0]?.borrower, alice.account.address);
  assert.ok((badDebt[0]?.loss ?? 0n) > 12_000n * USD);
  assert.equal(liquidated[0]?.protocolAssets, 0n);
  const { debt, supplyShares } = await accountIn(uUsdc, alice);
  assert.deepEqual([debt, supplyShares], [0n, 0n]);
});

test("liquidations explain prices that are too bad or too young", async () => {
  await openMarket();
  await borrowAsset(alice, { pool: uUsdc, assets: 22_000n * USD });
  const order = { controller, borrower: alice.account.address, debtId: 0, collateralId: 1, tokens };
  const price = { low: 2_000n * WAD, high: 2_000n * WAD };
  await setQuote(chain, deployment, "WETH", { ...price, quality: PriceQuality.Fallback, liquidatableFrom: 0n });
  await refused(() => liquidateAccount(carol, order), "PriceNotFresh", /WETH has only a price of the order book/);
  const later = 10_000_000_000n;
  await setQuote(chain, deployment, "WETH", { ...price, quality: PriceQuality.Pending, liquidatableFrom: later });
  await refused(() => liquidateAccount(carol, order), "LiquidationTooEarly", /wait until 2286-11-20 17:46:40 UTC/);
  await assert.rejects(
    () => liquidateAccount(carol, order),
    (error) => error instanceof CallError && error.retryable,
  );
});

test("flashLoan and flashLoanBatch lend to contracts for a fee", async () => {
  await supplyAsset(bob, { pool: uUsdc, assets: 1_000n * USD });
  await supplyAsset(bob, { pool: uWeth, assets: 5n * ETHER });
  const actor = await deployArtifact(chain, "test/mocks/lend/LendActor.sol/LendActor", []);
  const actorAbi = parseAbi(["function execute(address target, bytes data) returns (bytes)"]);
  for (const [token, pool, amount] of [
    [usdc, uUsdc, 1_000n * USD],
    [weth, uWeth, ETHER],
  ] as const) {
    await bob.writeContract({ address: token, abi: erc20Abi, functionName: "transfer", args: [actor, amount] });
    const data = encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [pool, UNLIMITED] });
    await bob.writeContract({ address: actor, abi: actorAbi, functionName: "execute", args: [token, data] });
  }
  const held = await balance(usdc, actor);
  await settled(await flashLoan(carol, { pool: uUsdc, receiver: actor, token: usdc, amount: 1_000n * USD }));
  const fee = flashFeeUp(1_000n * USD, FLASH_FEE);
  assert.equal(await balance(usdc, actor), held - fee);
  assert.equal((await getPoolTotals(chain.client, { pool: uUsdc })).reserve, (fee * 8n) / 10n);

  const data = encodeAbiParameters([{ type: "uint256" }], [7n]);
  const loans = [
    { id: 0, amount: 100n * USD },
    { id: 1, amount: ETHER },
  ];
  await settled(await flashLoanBatch(carol, { controller, receiver: actor, loans, data }));
  assert.equal(await balance(usdc, actor), held - fee - flashFeeUp(100n * USD, FLASH_FEE));
  const tooMuch = { pool: uUsdc, receiver: actor, token: usdc, amount: 2_000n * USD, tokens };
  await refused(() => flashLoan(carol, tooMuch), "InsufficientCash", /cannot send 2000 USDC/);
  await refused(
    () => flashLoan(carol, { ...tooMuch, token: weth }),
    "UnsupportedToken",
    /The pool cannot do this with WETH/,
  );
  await refused(
    () => flashLoanBatch(carol, { controller, receiver: actor, loans: [{ id: 9, amount: 1n }] }),
    "UnknownId",
    /no asset 9/,
  );
});

test("shares of a pool go by the market's price", async () => {
  await openMarket();
  await borrowAsset(alice, { pool: uUsdc, assets: 20_000n * USD });
  await chain.client.increaseTime({ seconds: 10_000_000 });
  await settled(await accruePool(bob, { pool: uUsdc }));
  const { timestamp } = await chain.client.getBlock();
  const [market, parameters] = await Promise.all([
    getPoolTotals(chain.client, { pool: uUsdc }),
    getPoolParameters(chain.client, { pool: uUsdc }),
  ]);
  await chain.client.setNextBlockTimestamp({ timestamp: timestamp + 100n });
  const { supplied } = await settled(await supplyAsset(carol, { pool: uUsdc, assets: 777n * USD }));
  const then = accrueMarket({ market, parameters, timestamp: timestamp + 100n });
  assert.equal(supplied[0]?.shares, toSharesDown(then, 777n * USD));
});

test("a client without an account is told to name one", async () => {
  await assert.rejects(() => supplyAsset(chain.client, { pool: uUsdc, assets: 1n }), /Give an account/);
});

test("waitForLend says that a transaction was reverted", async () => {
  const hash = await alice.sendTransaction({ to: uUsdc, data: "0xdeadbeef", gas: 100_000n });
  await assert.rejects(
    () => waitForLend(chain.client, { hash, timeout: 5_000, pollingInterval: 10 }),
    (error) => error instanceof CallError && /was reverted/.test(error.message),
  );
});
