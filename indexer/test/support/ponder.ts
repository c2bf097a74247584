import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { CONTRACT_NAMES } from "@cxmpute/sdk";
import { zeroAddress } from "viem";

import type { Chain } from "./chain.ts";
import { eventually, start, type Child } from "./children.ts";
import { freePort } from "./freePort.ts";

const LAUNCHER = fileURLToPath(new URL("../../bin/indexer.ts", import.meta.url));

/** An indexer that runs and is ready. */
export interface IndexerProcess {
  readonly url: string;
  readonly process: Child;
  /** Asks `/api/graphql`. Throws on errors. */
  readonly query: <T>(query: string, variables?: Record<string, unknown>) => Promise<T>;
  /** Asks Ponder's generated GraphQL. Throws on errors. */
  readonly rows: <T>(query: string) => Promise<T>;
}

export interface Indexer extends IndexerProcess {
  /** Waits until the indexer has seen the chain's newest block. */
  readonly catchUp: () => Promise<void>;
}

/**
 * A folder for a deployment file and a database that outlive one run of the indexer. `parts` are the sections that a
 * deployment may be without.
 */
export function createHome(
  chain: Chain,
  tokens: Readonly<Record<string, { readonly address: string; readonly decimals: number }>> = {},
  parts: Readonly<Record<string, unknown>> = {},
): { readonly folder: string; readonly deployment: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "indexer-test-"));
  const deployment = path.join(folder, "deployment.json");
  const content = {
    chainId: chain.client.chain.id,
    startBlock: chain.startBlock,
    contracts: {
      ...Object.fromEntries(CONTRACT_NAMES.map((name) => [name, zeroAddress])),
      orderNFT: chain.book,
      pairObserver: chain.observer,
    },
    tokens: Object.fromEntries(Object.entries(tokens).map(([symbol, token]) => [symbol, { ...token, name: symbol }])),
    ...parts,
  };
  writeFileSync(deployment, JSON.stringify(content));
  return { folder, deployment };
}

/** Starts the indexer over `chain` and waits until it is ready. */
export async function startIndexer(
  chain: Chain,
  options: {
    readonly home: ReturnType<typeof createHome>;
    readonly command?: "start" | "serve" | "dev";
    readonly env?: NodeJS.ProcessEnv;
  },
): Promise<Indexer> {
  const indexer = await runIndexer({ ...options, rpcUrl: chain.url });
  return { ...indexer, catchUp: () => catchUp(chain, indexer.url) };
}

/** Starts an indexer and waits until it is ready. */
export async function runIndexer(options: {
  readonly rpcUrl: string;
  readonly home: ReturnType<typeof createHome>;
  readonly command?: "start" | "serve" | "dev";
  readonly env?: NodeJS.ProcessEnv;
}): Promise<IndexerProcess> {
  const { rpcUrl, home, command = "start", env = {} } = options;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = start("node", [LAUNCHER, command], {
    RPC_URL: rpcUrl,
    DEPLOYMENT: home.deployment,
    PGLITE_DIRECTORY: path.join(home.folder, "pglite"),
    PORT: `${port}`,
    HOST: "127.0.0.1",
    LOG_LEVEL: "warn",
    ...env,
  });
  try {
    const isUp = async () => process.hasEnded() || (await fetch(`${url}/ready`)).status === 200;
    await eventually("the indexer", isUp, 180_000);
    if (process.hasEnded()) throw new Error("The indexer ended");
  } catch (error) {
    await process.stop("SIGKILL");
    throw new Error(`${String(error)}\n${process.output()}`);
  }
  return {
    url,
    process,
    query: (query, variables) => ask(`${url}/api/graphql`, query, variables),
    rows: (query) => ask(`${url}/graphql`, query),
  };
}

/** Number of the last block that the indexer has processed. */
export async function indexedBlock(url: string): Promise<bigint> {
  const status = (await (await fetch(`${url}/status`)).json()) as { peaq: { block: { number: number } } };
  return BigInt(status.peaq.block.number);
}

/** A block that Ponder could not read, as when the chain reorganises meanwhile, it reads again with the next one. */
const QUIET_MS = 10_000;

async function catchUp({ client }: Chain, url: string): Promise<void> {
  let head = await client.getBlockNumber();
  let due = Date.now() + QUIET_MS;
  const isThere = async (): Promise<boolean> => {
    if (Date.now() > due) {
      // Chains with users go on by themselves.
      await client.mine({ blocks: 1 });
      head += 1n;
      due = Date.now() + QUIET_MS;
    }
    return (await indexedBlock(url)) >= head;
  };
  await eventually(`block ${head}`, isThere, 180_000);
}

async function ask<T>(url: string, query: string, variables?: Record<string, unknown>): Promise<T> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}
