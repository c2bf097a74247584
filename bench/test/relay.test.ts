import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { priceFeedReceiverAbi, priceOracleAbi } from "@cxmpute/sdk";

import { type Chain, startChain } from "../gas/chain.ts";
import { freePort } from "../gas/freePort.ts";
import { passBlocks, steadyClock } from "../gas/lend/clock.ts";
import { type Relay, beat, delivery, deployRelay, establish, setFeedSource } from "../gas/ours/relay.ts";
import { type Market, openMarket } from "../gas/scenario.ts";

describe("the relay, behind LayerZero's endpoint", () => {
  let chain: Chain;
  let market: Market;
  let relay: Relay;

  before(async () => {
    chain = await startChain("london", await freePort());
    market = await openMarket(chain);
    await steadyClock(chain);
    relay = await deployRelay(market, [1, 2]);
    await setFeedSource(relay, market.weth, 2);
    await establish(relay, [
      { feedId: 1, answer: 100_000_000n },
      { feedId: 2, answer: 300_000_000_000n },
    ]);
  });
  after(() => chain.stop());

  const accepted = async (feedId: bigint) =>
    chain.client.readContract({
      address: relay.receiver,
      abi: priceFeedReceiverAbi,
      functionName: "accepted",
      args: [feedId],
    });

  it("has delivered and confirmed every feed, and the oracle tells it in 18 decimals", async () => {
    assert.equal((await accepted(1n)).answer, 100_000_000n);
    assert.equal((await accepted(2n)).answer, 300_000_000_000n);
    const price = await chain.client.readContract({
      address: relay.oracle,
      abi: priceOracleAbi,
      functionName: "price",
      args: [market.weth],
    });
    assert.equal(price, 3_000n * 10n ** 18n);
  });

  it("delivers a moved price once, and not twice", async () => {
    await passBlocks(chain, 60);
    await beat(relay);
    const transaction = await delivery(relay, [{ feedId: 2, answer: 301_000_000_000n }]);
    await chain.send(transaction);
    const { answer, updatedAt, observedAt } = await accepted(2n);
    assert.equal(answer, 301_000_000_000n);
    assert.equal(observedAt - updatedAt, 12n);
    await assert.rejects(chain.send(transaction), /reverted/);
  });

  it("is not delivered before both verifiers have signed", async () => {
    const verifier = relay.verifiers[0];
    assert.ok(verifier !== undefined);
    await assert.rejects(delivery({ ...relay, verifiers: [verifier] }, [{ feedId: 2, answer: 1n }]), /reverted/);
  });
});
