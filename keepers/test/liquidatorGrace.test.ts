import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import { lendControllerAbi, LIQUIDATION_GRACE, uTokenAbi } from "@cxmpute/sdk";
import { parseEventLogs, type Hex } from "viem";

import { isResting } from "../src/bots/liquidator/isResting.ts";
import { startChain, testAccount, type TestChain } from "./support/anvil.ts";
import {
  borrow,
  borrowers,
  deployLend,
  FRESH,
  fund,
  governor,
  openPosition,
  send,
  setPrice,
  setQuote,
  supply,
  USD,
  USDC,
  WETH,
  type Lend,
  type TestPool,
} from "./support/deployLend.ts";
import { liquidatorBench } from "./support/liquidatorBench.ts";
import { closeBooks } from "./support/testContext.ts";

const [alice, bob] = borrowers;
const signer = testAccount(5);

/** Seconds from a decision to the block that it lands in, as the liquidator reckons. */
const LANDING = 6n;

describe("a pool's grace after a pause", () => {
  let chain: TestChain;
  let lend: Lend;
  let start: Hex | undefined;

  before(async () => {
    chain = await startChain();
    lend = await deployLend(chain);
    await supply(chain, lend.wpeaq, governor, 10n ** 6n * WETH);
    // Half of each debt behind 10 WETH at 3,000 USD: health 1.2, and 0.96 at 2,400.
    await openPosition(chain, alice, [lend.weth, 10n * WETH], [lend.usdc, 10_000n * USDC]);
    await borrow(chain, alice, [lend.wpeaq, 40_000n * WETH]);
    for (const [pool, amount] of [
      [lend.usdc, 100_000n * USDC],
      [lend.wpeaq, 10n ** 6n * WETH],
    ] as const) {
      await fund(chain, pool, signer, amount, true);
    }
  });

  after(() => chain.stop());

  afterEach(closeBooks);

  beforeEach(async () => {
    if (start !== undefined) await chain.client.revert({ id: start });
    start = await chain.client.snapshot();
  });

  async function pause({ pool: address }: TestPool, seconds: bigint): Promise<bigint> {
    await send(chain, { address, abi: uTokenAbi, functionName: "pause", args: [seconds] });
    return chain.client.readContract({ address, abi: uTokenAbi, functionName: "pausedUntil" });
  }

  async function mineAt(timestamp: bigint): Promise<void> {
    await chain.client.setNextBlockTimestamp({ timestamp });
    await chain.client.mine({ blocks: 1 });
  }

  async function liquidated() {
    const logs = await chain.client.getLogs({ address: lend.controller, fromBlock: 0n });
    return parseEventLogs({ abi: lendControllerAbi, eventName: "Liquidated", logs }).map(({ args }) => args);
  }

  const fall = (): Promise<void> => setPrice(chain, lend, lend.weth, 2_400n * USD);

  test("LIQ-35 of the collateral's pool: nothing until its last second, and then at once", async () => {
    const b = await liquidatorBench(chain, lend);
    const until = await pause(lend.weth, 3600n);
    await fall();
    await mineAt(until + LIQUIDATION_GRACE - 1n);
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { grace: 1 });
    await mineAt(until + LIQUIDATION_GRACE);
    assert.equal(await b.round(), true);
    assert.equal((await liquidated())[0]?.collateralId, BigInt(lend.weth.id));
  });

  test("LIQ-36 a pause itself stops nothing, but what would land after its end is not sent", async () => {
    const b = await liquidatorBench(chain, lend);
    const until = await pause(lend.weth, 3600n);
    await fall();
    const paused = await chain.client.snapshot();
    await mineAt(until - LANDING);
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { grace: 1 });
    await chain.client.revert({ id: paused });
    await mineAt(until - LANDING - 1n);
    const early = await liquidatorBench(chain, lend);
    assert.equal(await early.round(), true);
    assert.equal((await liquidated()).length, 1);
  });

  test("LIQ-37 of one of two debts: the other one is repaid; of both: it waits", async () => {
    const b = await liquidatorBench(chain, lend);
    const until = await pause(lend.usdc, 3600n);
    await fall();
    const paused = await chain.client.snapshot();
    await mineAt(until);
    assert.equal(await b.round(), true);
    assert.deepEqual(
      (await liquidated()).map(({ debtId }) => debtId),
      [BigInt(lend.wpeaq.id)],
    );

    await chain.client.revert({ id: paused });
    const other = await pause(lend.wpeaq, until - (await chain.client.getBlock()).timestamp);
    await mineAt(other);
    const both = await liquidatorBench(chain, lend);
    assert.equal(await both.round(), false);
    assert.deepEqual(both.skipped(), { grace: 1 });
  });

  test("LIQ-38 a pause that is ended early rests from there; a pool that is retired never does", async () => {
    const b = await liquidatorBench(chain, lend);
    await pause(lend.weth, 86_400n);
    await fall();
    await send(chain, { address: lend.weth.pool, abi: uTokenAbi, functionName: "unpause" });
    const { timestamp: ended } = await chain.client.getBlock();
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { grace: 1 });
    const unpaused = await chain.client.snapshot();
    await mineAt(ended + LIQUIDATION_GRACE);
    assert.equal(await b.round(), true);

    await chain.client.revert({ id: unpaused });
    await send(chain, { address: lend.weth.pool, abi: uTokenAbi, functionName: "retire" });
    const retired = await liquidatorBench(chain, lend);
    assert.equal(await retired.round(), true);
  });

  test("LIQ-40 of the price of collateral beside: it counts twice until then, and is read again when it ends", async () => {
    const address = lend.wpeaq.pool;
    await openPosition(chain, bob, [lend.weth, 10n * WETH], [lend.usdc, 22_400n * USDC]);
    await supply(chain, lend.wpeaq, bob, 8_000n * WETH);
    await send(chain, { address, abi: uTokenAbi, functionName: "setCollateral", args: [true] }, bob);
    const b = await liquidatorBench(chain, lend);
    const until = (await chain.client.getBlock()).timestamp + 600n;
    const price = USD / 4n;
    await setQuote(chain, lend, lend.wpeaq, { low: price, high: price, quality: FRESH, from: until });
    // 20,800 of WETH and 1,300 of WPEAQ, twice 1,300 in its grace, against 22,400.
    await setPrice(chain, lend, lend.weth, 2_600n * USD);
    await mineAt(until - 1n);
    assert.equal(await b.round(), false);
    assert.deepEqual(b.skipped(), { healthy_at_one_price: 1 });
    await mineAt(until);
    assert.equal(await b.round(), true);
    assert.deepEqual(
      (await liquidated()).map(({ borrower }) => borrower),
      [bob.address],
    );
  });

  test("LIQ-39 a pool that was never paused does not rest", () => {
    assert.equal(isResting({ pausedUntil: 0n }, 1_700_000_000n), false);
    assert.equal(isResting({ pausedUntil: 2n ** 40n - 1n }, 1_700_000_000n), false);
  });
});
