import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { type Address, erc20Abi } from "viem";

import { type Chain, startChain } from "../gas/chain.ts";
import { freePort } from "../gas/freePort.ts";
import { FLASH, SMALL } from "../gas/lend/amounts.ts";
import { BLOCK_TIME, passBlocks, passDay, steadyClock } from "../gas/lend/clock.ts";
import { deployFlashBorrower, startLoan } from "../gas/lend/flashBorrower.ts";
import type { Lender } from "../gas/lend/lender.ts";
import { LENDER_ROWS, measureLender, openLender } from "../gas/lend/measureLender.ts";
import { deployLending } from "../gas/ours/lending.ts";
import { plainPricing } from "../gas/ours/pricing.ts";
import { lenderRows } from "../gas/peers/lenderRows.ts";
import { ROWS } from "../gas/rows.ts";
import { type Market, isolated, openMarket } from "../gas/scenario.ts";

describe("a lender, on a chain", () => {
  let chain: Chain;
  let market: Market;
  let lender: Lender;

  before(async () => {
    chain = await startChain("london", await freePort());
    market = await openMarket(chain, "SixDecimalToken");
    await steadyClock(chain);
    lender = await deployLending(market, await plainPricing(market));
    await openLender(lender);
  });
  after(() => chain.stop());

  it("gives every block its second", async () => {
    await isolated(chain, async () => {
      const first = await blockOf(lender.supply(market.maker.address, SMALL));
      const second = await blockOf(lender.supply(market.maker.address, SMALL));
      assert.equal(second.timestamp - first.timestamp, BigInt(BLOCK_TIME));
      await passDay(chain);
      const third = await blockOf(lender.supply(market.maker.address, SMALL));
      assert.equal(third.timestamp - second.timestamp, 86_400n + BigInt(BLOCK_TIME));
      await passBlocks(chain, 600);
      const last = await chain.client.getBlock();
      assert.deepEqual([last.number - third.number, last.timestamp - third.timestamp], [100n, 600n]);
    });
  });

  it("measures every row, and the same figures twice", async () => {
    const first = await measureLender(lender);
    assert.deepEqual(Object.keys(first), [...LENDER_ROWS]);
    for (const [name, { gas, peaq }] of Object.entries(first)) assert.ok(gas > 21_000 && peaq >= gas, name);
    assert.ok(first.supplyNew.gas > first.supply.gas, "a new account costs more");
    assert.deepEqual(await measureLender(lender), first);
  });

  it("refuses a row that moves another amount", async () => {
    const less: Lender = { ...lender, supply: (from, amount) => lender.supply(from, amount - 1n) };
    await assert.rejects(measureLender(less), /moved -1234567890 USDC instead of -1234567891/);
  });

  it("refuses a liquidation that pays too little or brings nothing", async () => {
    const half: Lender = {
      ...lender,
      liquidate: (from, borrower, amount) => lender.liquidate(from, borrower, amount / 2n),
    };
    await assert.rejects(measureLender(half), /a liquidation cost 2500061728/);
    const shares: Lender = {
      ...lender,
      liquidate: (from, borrower, amount) =>
        Promise.resolve((lender as typeof lender & Shares).liquidateAs(from, borrower, amount, true)),
    };
    await assert.rejects(measureLender(shares), /a liquidation for 5000123456 brought WETH worth 0/);
  });

  it("takes a flash loan with a fee, and passes its lender's reason on", async () => {
    await isolated(chain, async () => {
      const held = await balanceOf(lender.flashBorrower);
      await chain.send(lender.flashLoan(market.maker.address, FLASH));
      // 8 bps, rounded up.
      assert.equal(held - (await balanceOf(lender.flashBorrower)), (FLASH * 8n + 9_999n) / 10_000n);
      const wrong = await deployFlashBorrower(market, lender.flashBorrower, `0x${"00".repeat(32)}`);
      const { data } = lender.supply(wrong, SMALL);
      const pool = lender.supply(wrong, SMALL).to;
      assert.ok(pool !== undefined);
      await assert.rejects(chain.send(startLoan(market.maker.address, wrong, pool, data)), /reverted/);
    });
  });

  async function blockOf(transaction: Parameters<Chain["send"]>[0]) {
    const { blockNumber } = await chain.send(transaction);
    return chain.client.getBlock({ blockNumber });
  }

  function balanceOf(holder: Address): Promise<bigint> {
    return chain.client.readContract({
      address: market.usdc,
      abi: erc20Abi,
      functionName: "balanceOf",
      args: [holder],
    });
  }
});

describe("lenderRows", () => {
  it("puts a protocol's liquidation beside both of ours, the rest beside the row of its name", () => {
    const cost = { gas: 1, peaq: 2 };
    const costs = Object.fromEntries(LENDER_ROWS.map((name) => [name, cost])) as Parameters<typeof lenderRows>[1];
    const rows = lenderRows("P", costs);
    assert.equal(rows.length, LENDER_ROWS.length);
    const keys = rows.flatMap((row) => row.keys);
    assert.ok(keys.includes("lend.liquidateShares") && keys.includes("lend.liquidate"));
    for (const key of keys) assert.ok(key in ROWS, key);
  });
});

interface Shares {
  liquidateAs(from: Address, borrower: Address, amount: bigint, asShares: boolean): ReturnType<Lender["supply"]>;
}
