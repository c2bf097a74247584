import { pairObserverAbi } from "@cxmpute/sdk";
import { http } from "viem";

import type { Deployment } from "@cxmpute/sdk";
import { LiveBook } from "./book.ts";
import { historyClock } from "./clock.ts";
import { crewOf, fundCrew } from "./crew.ts";
import { Market, type MarketContext } from "./Market.ts";
import { MARKETS } from "./markets.ts";
import { Random } from "./random.ts";
import { openSender } from "./sender.ts";
import { placeShowcase } from "./showcase.ts";

export interface SeedMarketParameters {
  rpcUrl: string;
  deployment: Deployment;
  /** The same seed on the same chain makes the same market. */
  seed?: number | undefined;
  /** How often each price moves. */
  steps?: number | undefined;
  /** Seconds that the chain stays behind the present. */
  behind?: number | undefined;
  onProgress?: ((text: string) => void) | undefined;
}

export interface SeededMarket {
  /** Last price of each pair, by name. */
  prices: Record<string, number>;
  /** Standing orders of each pair, by name: asks and bids. */
  orders: Record<string, [asks: number, bids: number]>;
}

export const DEFAULT_SEED = 20_261;
const DEFAULT_STEPS = 40;
/** How many observations an observed pair's ring can hold. */
const CARDINALITY = 128n;

/**
 * Fills a local chain with a market: makers and takers around prices that walk at random from a seed. The prices are
 * invented, not market data.
 */
export async function seedMarket(parameters: SeedMarketParameters): Promise<SeededMarket> {
  const { rpcUrl, deployment, seed = DEFAULT_SEED, steps = DEFAULT_STEPS, behind, onProgress } = parameters;
  const context = await openMarketContext(rpcUrl, deployment, seed);
  const { sender, crew, book } = context;
  const markets = MARKETS.map((plan) => new Market(plan, context));

  onProgress?.(`prices are a random walk from seed ${seed}, not market data`);
  await fundCrew(sender, deployment, crew);
  for (const market of markets.filter(({ plan }) => plan.observed)) await observe(market, context);

  const clock = await historyClock(sender, steps, behind);
  for (let step = 0; step < steps; ++step) {
    await clock.tick(step);
    for (const market of markets) await market.step();
    if ((step + 1) % 10 === 0) onProgress?.(`${step + 1} of ${steps} steps`);
  }
  await clock.end();
  for (const market of markets.filter(({ plan }) => plan.observed)) await placeShowcase(market, context);
  await book.sync();

  const name = ({ plan }: Market): string => `${plan.base}/${plan.quote}`;
  return {
    prices: Object.fromEntries(markets.map((market) => [name(market), market.mid])),
    orders: Object.fromEntries(
      markets.map((market) => {
        const { base, quote } = market;
        const asks = book.side(base.address, quote.address).length;
        return [name(market), [asks, book.side(quote.address, base.address).length]];
      }),
    ),
  };
}

/** Connects to a local chain with its unlocked accounts. */
export async function openMarketContext(rpcUrl: string, deployment: Deployment, seed: number): Promise<MarketContext> {
  const sender = await openSender(http(rpcUrl));
  const chainId = await sender.client.getChainId();
  if (chainId !== deployment.chainId) {
    throw new Error(`the deployment is of chain ${deployment.chainId}, ${rpcUrl} is chain ${chainId}`);
  }
  const book = new LiveBook(sender.client, deployment.contracts.orderNFT, deployment.startBlock);
  return { sender, deployment, crew: crewOf(sender), book, random: new Random(seed) };
}

/** Pays for observing a market's pair, where nobody has yet. */
async function observe({ base, quote }: Market, { sender, deployment, crew }: MarketContext): Promise<void> {
  const observer = { address: deployment.contracts.pairObserver, abi: pairObserverAbi } as const;
  const pair = [base.address, quote.address] as const;
  if (await sender.client.readContract({ ...observer, functionName: "isObserved", args: pair })) return;
  await sender.send(crew.makers[0], { ...observer, functionName: "grow", args: [...pair, CARDINALITY] });
}
