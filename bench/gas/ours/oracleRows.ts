import { priceOracleAbi } from "@cxmpute/sdk";
import { type Address, encodeFunctionData, parseAbi, toFunctionSelector } from "viem";

import type { Chain } from "../chain.ts";
import { passBlocks, steadyClock } from "../lend/clock.ts";
import { type Cost, measure } from "../measure.ts";
import { type Market, isolated, openMarket } from "../scenario.ts";
import { callsTo } from "../trace.ts";
import { type Price, type Relay, beat, delivery, deployRelay, establish, setFeedSource } from "./relay.ts";

const FEEDS = Array.from({ length: 10 }, (_, index) => index + 1);
/** Seconds between two pushes when no price moves. */
const PUSH_INTERVAL = 20 * 60;
const ANSWER = 300_000_000_000n;
const MOVED = 300_500_000_000n;
const NEXT = 301_234_567_891n;

const actorAbi = parseAbi(["struct Call { address target; bytes data; }", "function run(Call[] calls)"]);

/** Every row of the oracle, from the artifacts of `hardhat build` behind LayerZero's own. */
export async function measureOracle(chain: Chain): Promise<Record<string, Cost>> {
  const market = await openMarket(chain);
  await steadyClock(chain);
  const relay = await deployRelay(market, FEEDS);
  await setFeedSource(relay, market.weth, 1);
  await establish(relay, prices(FEEDS.length, ANSWER));
  const receive =
    (count: number, answer = NEXT) =>
    async () =>
      measure(chain, await delivery(relay, prices(count, answer)));
  const row = (prepare: () => Promise<void>, body: () => Promise<Cost>) =>
    isolated(chain, async () => {
      await prepare();
      return body();
    });
  /** Nothing was delivered for 20 minutes, as between two pushes of a quiet market. */
  const quiet = async (): Promise<void> => {
    await passBlocks(chain, PUSH_INTERVAL);
    await beat(relay);
  };
  /** Every price moved a moment ago, so that a delivery has a window to keep. */
  const busy = async (): Promise<void> => {
    await chain.send(await delivery(relay, prices(FEEDS.length, MOVED)));
    await beat(relay);
  };
  return {
    "oracle.receive1": await row(quiet, receive(1)),
    "oracle.receive3": await row(quiet, receive(3)),
    "oracle.receive10": await row(quiet, receive(10)),
    "oracle.receive1Same": await row(quiet, receive(1, ANSWER)),
    "oracle.receive1Busy": await row(busy, receive(1)),
    "oracle.receive10Busy": await row(busy, receive(10)),
    "oracle.receive1Beat": await row(() => passBlocks(chain, PUSH_INTERVAL), receive(1)),
    "oracle.read": await row(busy, () => readCost(market, relay, "price")),
    "oracle.tryPrice": await row(busy, () => readCost(market, relay, "tryPrice")),
  };
}

function prices(count: number, answer: bigint): Price[] {
  return FEEDS.slice(0, count).map((feedId) => ({ feedId, answer: answer + BigInt(feedId) }));
}

/** The call that a protocol makes, without what reaching the oracle's address costs it. */
async function readCost(market: Market, relay: Relay, functionName: "price" | "tryPrice"): Promise<Cost> {
  const { chain } = market;
  const actor = market.contracts.Actor;
  if (actor === undefined) throw new Error("Actor was not compiled");
  const reader: Address = await chain.deploy(market.admin.address, actor, []);
  const data = encodeFunctionData({ abi: priceOracleAbi, functionName, args: [market.weth] });
  const receipt = await chain.send({
    from: market.admin.address,
    to: reader,
    data: encodeFunctionData({ abi: actorAbi, functionName: "run", args: [[{ target: relay.oracle, data }]] }),
  });
  const selector = toFunctionSelector(`${functionName}(address)`);
  const [frame] = await callsTo(chain, receipt.transactionHash, relay.oracle, selector);
  if (frame === undefined) throw new Error(`${functionName} was not called`);
  const gas = Number(frame.gasUsed);
  // peaq charges whole transactions; a call has no figure of its own there.
  return { gas, peaq: gas };
}
