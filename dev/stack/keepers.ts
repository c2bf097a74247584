import { projectCommand } from "./command.ts";
import { indexerUrl } from "./indexer.ts";
import { DEPLOYMENT_FILE, KEEPERS_STATE } from "./paths.ts";
import type { Ports } from "./ports.ts";
import type { ProcessSpec } from "./process.ts";
import { roleAccount } from "./roles.ts";
import { waitFor } from "./wait.ts";

const READY_TIMEOUT_MS = 60_000;

/** The bots that run here. */
const BOTS = ["matcher", "liquidator", "oracle"];

/** The keeper process. */
export function keepersProcess(ports: Ports): ProcessSpec {
  return projectCommand("keepers", "node", ["keepers/src/cli.ts", "run", "--bots", BOTS.join(",")], {
    RPC_URLS: `http://127.0.0.1:${ports.chain}`,
    ETHEREUM_RPC_URLS: `http://127.0.0.1:${ports.ethereum}`,
    GRAPHQL_URLS: `${indexerUrl(ports)}/graphql`,
    DEPLOYMENT: DEPLOYMENT_FILE,
    KEEPER_DATA_DIR: KEEPERS_STATE,
    // What the oracle bot may spend of Ethereum's coin, which is without worth here.
    KEEPER_ORACLE_BUDGET: "100",
    KEEPER_PRIVATE_KEY: roleAccount("keeper").privateKey,
    KEEPER_HOST: "127.0.0.1",
    KEEPER_PORT: String(ports.keepers),
    DATABASE_URL: "",
  });
}

export function keepersUrl(ports: Ports): string {
  return `http://127.0.0.1:${ports.keepers}`;
}

/** Waits until the bots have seen the whole book once. */
export async function waitForKeepers(ports: Ports): Promise<string> {
  const probe = async (): Promise<true | undefined> =>
    (await fetch(`${keepersUrl(ports)}/ready`)).ok ? true : undefined;
  await waitFor("The keeper process", probe, READY_TIMEOUT_MS);
  return `${BOTS.join(", ")}, ${keepersUrl(ports)}`;
}
