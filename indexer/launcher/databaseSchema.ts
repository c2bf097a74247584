import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { createPublicClient, http } from "viem";

import type { Settings } from "../src/settings.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** What decides what the tables hold. */
const SOURCES = [
  "ponder.config.ts",
  "indexer/ponder.schema.ts",
  "indexer/schema/*.ts",
  "indexer/src/**/*.ts",
  "sdk/src/abi/*.ts",
];

/**
 * A name for the tables of one deployment, as this version of the indexer makes them. A chain that was started afresh
 * has the old addresses and chain id, but another first block; so rows of another chain are never continued, and a
 * new version fills its own tables while the old one still serves.
 */
export async function databaseSchema({ deployment, rpcUrls }: Settings): Promise<string> {
  const [url] = rpcUrls;
  const { orderNFT, pairObserver } = deployment.contracts;
  const { controller } = deployment.lend ?? {};
  const { priceOracle, priceFeedReceiver } = deployment.oracle ?? {};
  const addresses = [orderNFT, pairObserver, controller, priceOracle, priceFeedReceiver];
  const client = createPublicClient({ transport: http(url) });
  const block = await client.getBlock({ blockNumber: BigInt(deployment.startBlock) });
  const hash = createHash("sha256").update(JSON.stringify([deployment.chainId, ...addresses, block.hash]));
  for (const file of globSync(SOURCES, { cwd: ROOT, exclude: ["indexer/src/api/**"] }).sort()) {
    hash.update(file).update(readFileSync(new URL(file, `file://${ROOT}`)));
  }
  return `dex_${hash.digest("hex").slice(0, 12)}`;
}
