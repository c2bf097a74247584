import { encodeFunctionData, parseAbi } from "viem";

import { PRICE } from "../lend/amounts.ts";
import { passBlocks, passDay } from "../lend/clock.ts";
import type { Market } from "../scenario.ts";
import type { Pricing } from "./lending.ts";
import { beat, delivery, deployRelay, establish, setFeedSource } from "./relay.ts";

/** USD in 18 decimals and in a feed's 8. */
const WAD = 10n ** 18n;
const FEED_UNIT = 10n ** 8n;
const USDC_FEED = 1;
const WETH_FEED = 2;
const TEN_MINUTES = 600;

const plainOracleAbi = parseAbi(["function set(address asset, uint256 price)"]);

/** Prices as they are set, one word each. */
export async function plainPricing(market: Market): Promise<Pricing> {
  const { chain, admin } = market;
  const contract = market.contracts.PlainOracle;
  if (contract === undefined) throw new Error("PlainOracle was not compiled");
  const oracle = await chain.deploy(admin.address, contract, []);
  const set = async (asset: typeof oracle, usd: bigint) => {
    const data = encodeFunctionData({ abi: plainOracleAbi, functionName: "set", args: [asset, usd * WAD] });
    await chain.send({ from: admin.address, to: oracle, data });
  };
  await set(market.usdc, 1n);
  await set(market.weth, PRICE);
  return { oracle, pass: () => passDay(chain), setPrice: (usd) => set(market.weth, usd) };
}

/** Prices that came over LayerZero, renewed whenever time passes. */
export async function relayedPricing(market: Market): Promise<Pricing> {
  const { chain } = market;
  const relay = await deployRelay(market, [USDC_FEED, WETH_FEED]);
  const prices = (usd: bigint) => [
    { feedId: USDC_FEED, answer: FEED_UNIT },
    { feedId: WETH_FEED, answer: usd * FEED_UNIT },
  ];
  await setFeedSource(relay, market.usdc, USDC_FEED);
  await setFeedSource(relay, market.weth, WETH_FEED);
  await establish(relay, prices(PRICE));
  return {
    oracle: relay.oracle,
    async pass() {
      await passBlocks(chain, TEN_MINUTES);
      await chain.send(await delivery(relay, prices(PRICE)));
      await beat(relay);
    },
    async setPrice(usd) {
      await chain.send(await delivery(relay, prices(usd)));
    },
  };
}
