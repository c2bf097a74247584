import { setTimeout as sleep } from "node:timers/promises";

import type { Deployment } from "@cxmpute/sdk";
import { Market } from "./Market.ts";
import { MARKETS } from "./markets.ts";
import { openMarketContext } from "./seedMarket.ts";

export interface TradeLiveParameters {
  rpcUrl: string;
  deployment: Deployment;
  seed: number;
  /** Milliseconds between two moves of the prices. */
  interval: number;
  /** Ends the trading, between two transactions. */
  signal: AbortSignal;
  onStep?: ((prices: Record<string, number>) => void | Promise<void>) | undefined;
  onError?: ((error: Error) => void) | undefined;
}

/** Failures in a row after which the chain is taken to be gone. */
const MOST_FAILURES = 5;

/**
 * Goes on trading on a market that was seeded, until it is stopped.
 * @throws Error when the chain does not answer any more.
 */
export async function tradeLive(parameters: TradeLiveParameters): Promise<void> {
  const { rpcUrl, deployment, seed, interval, signal, onStep, onError } = parameters;
  const context = await openMarketContext(rpcUrl, deployment, seed);
  const markets = MARKETS.map((plan) => new Market(plan, context));
  await context.book.sync();
  for (const market of markets) market.resume();

  for (let failures = 0; !signal.aborted;) {
    try {
      for (const market of markets) await market.step();
      failures = 0;
      await onStep?.(Object.fromEntries(markets.map(({ plan, mid }) => [`${plan.base}/${plan.quote}`, mid])));
    } catch (error) {
      onError?.(error as Error);
      if (++failures === MOST_FAILURES) throw error;
    }
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
}
