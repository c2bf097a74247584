/**
 * Fills a local chain with a demo market, and with `--live` goes on trading until it is stopped.
 *
 * node dev/seed.ts [--rpc URL] [--deployment FILE] [--seed N] [--steps N] [--live] [--no-seed] [--interval SECONDS]
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { readDeployment } from "../deploy/lib/deploymentFile.ts";
import { DEFAULT_SEED, seedMarket } from "./market/seedMarket.ts";
import { tradeLive } from "./market/tradeLive.ts";

export { seedMarket, type SeededMarket, type SeedMarketParameters } from "./market/seedMarket.ts";
export { tradeLive, type TradeLiveParameters } from "./market/tradeLive.ts";

const DEFAULT_INTERVAL_S = 4;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rpc: { type: "string", default: process.env.LOCAL_RPC_URL ?? "http://127.0.0.1:8545" },
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
  const shared = { rpcUrl: values.rpc, deployment: readDeployment(resolve(values.deployment)), seed: number("seed") };

  if (!values["no-seed"]) {
    const steps = values.steps === undefined ? undefined : number("steps");
    const { prices, orders } = await seedMarket({ ...shared, steps, onProgress: say });
    for (const [pair, [asks, bids]] of Object.entries(orders)) {
      say(`${pair} at ${prices[pair]?.toPrecision(6)}: ${asks} asks, ${bids} bids`);
    }
  }
  if (!values.live) return;

  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  await tradeLive({
    ...shared,
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
