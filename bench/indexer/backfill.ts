import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { CONTRACT_NAMES } from "@cxmpute/sdk";
import { zeroAddress } from "viem";

import { eventually, start } from "../../indexer/test/support/children.ts";
import type { History } from "./history.ts";
import { quantile } from "./quantile.ts";
import { BOOK, CHAIN_ID } from "./replayNode.ts";

const ROOT = fileURLToPath(new URL("../../indexer", import.meta.url));
const PONDER = fileURLToPath(new URL("bin/ponder.js", import.meta.resolve("ponder")));
const QUERIES = 300;
const DEPTH = 20;

export interface BackfillFigures {
  /** Of the second run's backfill. */
  readonly eventsPerSecond: number;
  /** The same for each second that a core worked for the indexer: what a machine with nothing else to do comes near. */
  readonly eventsPerCpuSecond: number;
  /** Milliseconds. */
  readonly depthP50: number;
  readonly depthP95: number;
}

/**
 * Indexes the history twice into one database. The first run fills Ponder's cache of the node's answers; the second
 * takes everything from that cache, so that what is timed is reading it, decoding, the handlers and writing the rows,
 * and no node. Then asks for the book, one query after the other.
 */
export async function measureBackfill(
  history: History,
  folder: string,
  ports: { readonly node: number; readonly indexer: number },
  database: { readonly DATABASE_URL?: string },
): Promise<BackfillFigures> {
  const deployment = path.join(folder, "deployment.json");
  const contracts = { ...Object.fromEntries(CONTRACT_NAMES.map((name) => [name, zeroAddress])), orderNFT: BOOK };
  writeFileSync(deployment, JSON.stringify({ chainId: CHAIN_ID, startBlock: 1, contracts, tokens: {} }));
  const url = `http://127.0.0.1:${ports.indexer}`;
  const run = async <T>(schema: string, use: (wall: number, cpu: number) => Promise<T>): Promise<T> => {
    const args = [
      "--max-semi-space-size=64",
      PONDER,
      "start",
      "--root",
      ROOT,
      "--schema",
      schema,
      "--log-format",
      "json",
    ];
    const child = start("node", args, {
      ...database,
      RPC_URL: `http://127.0.0.1:${ports.node}`,
      CACHE_RPC: "true",
      DEPLOYMENT: deployment,
      PGLITE_DIRECTORY: path.join(folder, "pglite"),
      PORT: `${ports.indexer}`,
      PONDER_TELEMETRY_DISABLED: "true",
    });
    try {
      const before = await eventually("the server", async () => child.hasEnded() || (await cpuSeconds(url)), 600_000);
      const isUp = async () => child.hasEnded() || (await fetch(`${url}/ready`)).status === 200;
      await eventually("the backfill", isUp, 1_800_000);
      const cpu = (await cpuSeconds(url)) - Number(before);
      const line = child
        .output()
        .split("\n")
        .find((text) => text.includes("Completed backfill indexing across all"));
      if (line === undefined) throw new Error(`The indexer ended.\n${child.output().slice(-3_000)}`);
      return await use((JSON.parse(line) as { duration: number }).duration / 1_000, cpu);
    } finally {
      await child.stop();
    }
  };

  await run("first", () => Promise.resolve(undefined));
  return run("second", async (wall, cpu) => {
    const depths = await measureDepth(`${url}/api/graphql`, history);
    return {
      eventsPerSecond: Math.round(history.eventCount / wall),
      eventsPerCpuSecond: Math.round(history.eventCount / cpu),
      depthP50: quantile(depths, 0.5),
      depthP95: quantile(depths, 0.95),
    };
  });
}

async function cpuSeconds(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (.+)$/m.exec(metrics)?.[1]);
}

async function measureDepth(url: string, { base, quote, openOrders }: History): Promise<number[]> {
  const market = `base: "${base}", quote: "${quote}"`;
  const query = `{ orderBook(${market}, depth: ${DEPTH}) { pair { openOrders } bids { price base } asks { price base } } }`;
  const times: number[] = [];
  for (let i = 0; i < QUERIES; i += 1) {
    const began = performance.now();
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    const { data } = (await response.json()) as {
      data: { orderBook: { pair: { openOrders: number }; bids: unknown[]; asks: unknown[] } };
    };
    times.push(performance.now() - began);
    const { pair, bids, asks } = data.orderBook;
    if (pair.openOrders !== openOrders || bids.length !== DEPTH || asks.length !== DEPTH) {
      throw new Error(`The book is not the history's: ${JSON.stringify(data).slice(0, 500)}`);
    }
  }
  return times;
}
