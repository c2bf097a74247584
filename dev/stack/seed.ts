import { projectCommand } from "./command.ts";
import { DEPLOYMENT_FILE } from "./paths.ts";
import { lastLines, type ProcessSpec } from "./process.ts";
import type { Supervisor } from "./supervisor.ts";

/** Seconds between two moves of the live market: the chain keeps a trace of every transaction. */
const TRADING_INTERVAL_S = 15;

export interface RpcUrls {
  ethereum: string;
  peaq: string;
}

function seedCommand(name: string, { ethereum, peaq }: RpcUrls, ...args: string[]): ProcessSpec {
  const chains = ["--rpc", peaq, "--ethereum-rpc", ethereum];
  return projectCommand(name, "node", ["dev/seed.ts", ...chains, "--deployment", DEPLOYMENT_FILE, ...args]);
}

/** Fills market and pools, and says with what. */
export async function seedMarket(supervisor: Supervisor, rpcUrls: RpcUrls): Promise<string> {
  const spec = seedCommand("seed", rpcUrls);
  await supervisor.run(spec);
  return lastLines(spec.logFile, 4).join("; ");
}

/** Simulated traders, who go on where the seed or the last start ended. */
export function tradingProcess(rpcUrls: RpcUrls): ProcessSpec {
  return seedCommand("trading", rpcUrls, "--no-seed", "--live", "--interval", String(TRADING_INTERVAL_S));
}
