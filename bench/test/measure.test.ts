import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { encodeFunctionData, erc20Abi } from "viem";

import { type Chain, startChain } from "../gas/chain.ts";
import { freePort } from "../gas/freePort.ts";
import { measure } from "../gas/measure.ts";
import { type Market, fund, isolated, mint, openMarket } from "../gas/scenario.ts";
import { codeSize, touchedBy } from "../gas/trace.ts";

describe("measure, on a chain", () => {
  let chain: Chain;
  let market: Market;
  const transfer = (amount: bigint) => ({
    from: market.maker.address,
    to: market.weth,
    data: encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [market.taker.address, amount] }),
  });

  before(async () => {
    chain = await startChain("london", await freePort());
    market = await openMarket(chain);
    for (const account of [market.maker, market.taker]) await mint(market, account.address);
  });
  after(() => chain.stop());

  it("sees one contract and two balances in an ERC-20 transfer", async () => {
    const receipt = await chain.send(transfer(5n));
    const touched = await touchedBy(chain, receipt.transactionHash);
    assert.equal(touched.calldata, 68);
    assert.equal(touched.calls, 0);
    assert.deepEqual([...touched.codes], [[market.weth.toLowerCase(), await codeSize(chain, market.weth)]]);
    assert.deepEqual([...touched.slots.values()], ["read", "read"]);
  });

  it("tells the same gas twice, because rows are put back", async () => {
    const first = await isolated(chain, () => measure(chain, transfer(1_000_000n)));
    const second = await isolated(chain, () => measure(chain, transfer(1_000_000n)));
    assert.deepEqual(first, second);
    // 21,000, two cold balances at 5,000, a log and the calldata are 33,200 before any other instruction.
    assert.ok(first.gas > 33_200 && first.gas < 35_000, `a transfer cost ${first.gas}`);
  });

  it("rounds an average up", async () => {
    const whole = await isolated(chain, () => measure(chain, transfer(1_000_000n)));
    const third = await isolated(chain, () => measure(chain, transfer(1_000_000n), 3));
    assert.equal(third.gas, Math.ceil(whole.gas / 3));
    assert.equal(third.peaq, Math.ceil(whole.peaq / 3));
  });

  it("throws when a transaction reverts", async () => {
    await assert.rejects(measure(chain, transfer(2n ** 200n)), /reverted/);
  });

  it("approves without limit when it funds", async () => {
    await fund(market, market.other.address, market.admin.address);
    const allowance = await chain.client.readContract({
      address: market.usdc,
      abi: erc20Abi,
      functionName: "allowance",
      args: [market.other.address, market.admin.address],
    });
    assert.equal(allowance, 2n ** 256n - 1n);
  });
});
