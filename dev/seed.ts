/**
 * Fills a local chain with a demo market, and with `--live` goes on trading until it is stopped. With `--ethereum-rpc`
 * the aggregators on the local Ethereum chain follow the prices, and the lending pools are filled too.
 *
 * node dev/seed.ts [--rpc URL] [--ethereum-rpc URL] [--deployment FILE] [--seed N] [--steps N] [--live] [--no-seed]
 *   [--interval SECONDS]
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { readDeployment } from "../deploy/lib/deploymentFile.ts";
import { seedCompute } from "./compute/seedCompute.ts";
import { feedPrices } from "./lend/feedPrices.ts";
import { PriceDesk } from "./lend/PriceDesk.ts";
import { LEND_HISTORY_S, seedLend } from "./lend/seedLend.ts";
import { DEFAULT_SEED, seedMarket } from "./market/seedMarket.ts";
import { tradeLive } from "./market/tradeLive.ts";

export { seedMarket, type SeededMarket, type SeedMarketParameters } from "./market/seedMarket.ts";
export { tradeLive, type TradeLiveParameters } from "./market/tradeLive.ts";

const DEFAULT_INTERVAL_S = 4;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rpc: { type: "string", default: process.env.LOCAL_RPC_URL ?? "http://127.0.0.1:8545" },
      "ethereum-rpc": { type: "string" },
      deployment: { type: "string", default: ".cxmpute/deployment.json" },
      seed: { type: "string", default: String(DEFAULT_SEED) },
      steps: { type: "string" },
      interval: { type: "string", default: String(DEFAULT_INTERVAL_S) },
      live: { type: "boolean", default: false },
      "no-seed": { type: "boolean", default: false },
    },
  });
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const number = (name: "seed" | "steps" | "interval"): number => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} is no number: ${values[name]}`);
    return value;
  };
  const deployment = readDeployment(resolve(values.deployment));
  const shared = { rpcUrl: values.rpc, deployment, seed: number("seed") };
  const ethereum = values["ethereum-rpc"];
  const rpcUrls = ethereum === undefined ? undefined : { ethereum, peaq: values.rpc };

  if (!values["no-seed"]) {
    const steps = values.steps === undefined ? undefined : number("steps");
    const behind = rpcUrls === undefined ? 0 : LEND_HISTORY_S;
    const { prices, orders } = await seedMarket({ ...shared, steps, behind, onProgress: say });
    if (rpcUrls !== undefined) {
      const { health } = await seedLend({ rpcUrls, deployment, prices });
      const shown = Object.values(health).map((value) => (Number(value / 10n ** 14n) / 10_000).toFixed(4));
      say(`pools with ${shown.length} borrowers at a health of ${shown.join(", ")}`);
    }
    if (deployment.compute !== undefined) {
      const { paid } = await seedCompute({ rpcUrl: values.rpc, deployment });
      const shown = paid.map((units) => (Number(units) / 1e6).toFixed(4));
      say(`marketplace with a provider in each of ${paid.length} tiers, paid ${shown.join(", ")} USDC`);
    }
    for (const [pair, [asks, bids]] of Object.entries(orders)) {
      say(`${pair} at ${prices[pair]?.toPrecision(6)}: ${asks} asks, ${bids} bids`);
    }
  }
  if (!values.live) return;

  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  const desk = rpcUrls === undefined ? undefined : await PriceDesk.open(rpcUrls, deployment);
  await tradeLive({
    ...shared,
    onStep: async (prices) => desk?.answer(feedPrices(prices)),
    // Otherwise every start would repeat the first moves of the seed.
    seed: shared.seed ^ (Date.now() >>> 0),
    interval: number("interval") * 1_000,
    signal: stop.signal,
    onError: (error) => say(`trading stumbled: ${error.message.split("\n")[0]}`),
  });
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
