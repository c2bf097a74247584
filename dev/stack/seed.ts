import { projectCommand } from "./command.ts";
import { DEPLOYMENT_FILE } from "./paths.ts";
import { lastLines, type ProcessSpec } from "./process.ts";
import type { Supervisor } from "./supervisor.ts";

/** Seconds between two moves of the live market: the chain keeps a trace of every transaction. */
const TRADING_INTERVAL_S = 15;

function seedCommand(name: string, rpcUrl: string, ...args: string[]): ProcessSpec {
  return projectCommand(name, "node", ["dev/seed.ts", "--rpc", rpcUrl, "--deployment", DEPLOYMENT_FILE, ...args]);
}

/** Fills the market, and says with what. */
export async function seedMarket(supervisor: Supervisor, rpcUrl: string): Promise<string> {
  const spec = seedCommand("seed", rpcUrl);
  await supervisor.run(spec);
  return lastLines(spec.logFile, 2).join("; ");
}

/** Simulated traders, who go on where the seed or the last start ended. */
export function tradingProcess(rpcUrl: string): ProcessSpec {
  return seedCommand("trading", rpcUrl, "--no-seed", "--live", "--interval", String(TRADING_INTERVAL_S));
}
