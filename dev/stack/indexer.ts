import type { ChainClient } from "./chain.ts";
import { projectCommand } from "./command.ts";
import { DEPLOYMENT_FILE, INDEXER_STATE } from "./paths.ts";
import type { Ports } from "./ports.ts";
import type { ProcessSpec } from "./process.ts";
import { waitFor } from "./wait.ts";

const READY_TIMEOUT_MS = 120_000;

/** The indexer on its embedded database, whatever database the caller's environment names. */
export function indexerProcess(ports: Ports): ProcessSpec {
  return projectCommand("indexer", "node", ["indexer/bin/indexer.ts", "start"], {
    RPC_URL: `http://127.0.0.1:${ports.chain}`,
    DEPLOYMENT: DEPLOYMENT_FILE,
    PGLITE_DIRECTORY: INDEXER_STATE,
    HOST: "127.0.0.1",
    PORT: String(ports.indexer),
    DATABASE_URL: "",
  });
}

export function indexerUrl(ports: Ports): string {
  return `http://127.0.0.1:${ports.indexer}`;
}

/** Waits until the indexer has seen every block that the chain has now. */
export async function waitForIndexer(ports: Ports, client: ChainClient): Promise<string> {
  const url = indexerUrl(ports);
  const head = await client.getBlockNumber();
  await waitFor(
    "The indexer",
    async () => {
      // Taken up again, it names its last run's block until it is ready, and has not indexed it.
      const isReady = (await fetch(`${url}/ready`)).ok;
      return isReady && (await indexedBlock(url)) >= head ? true : undefined;
    },
    READY_TIMEOUT_MS,
  );
  return `${url}, at block ${head}`;
}

/** Number of the last block that the indexer has processed, as its `/status` says; −1 before the first. */
async function indexedBlock(url: string): Promise<bigint> {
  const response = await fetch(`${url}/status`);
  const chains = Object.values((await response.json()) as Record<string, { block: { number: number } | null }>);
  return BigInt(Math.min(...chains.map(({ block }) => block?.number ?? -1)));
}
