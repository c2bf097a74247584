import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { parseDeployment, type Deployment } from "@cxmpute/sdk";
import { zeroAddress } from "viem";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** How often a loopback node is named to Ponder, which paces every URL by itself, at 20 requests a second at first. */
const LOOPBACK_LANES = 8;

const integer = z.coerce.number().int();
const list = (value: string): string[] =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

const environmentSchema = z.object({
  CHAIN_ID: integer.positive().optional(),
  RPC_URL: z
    .string({ error: "is missing: the chain's JSON-RPC URL, or several, separated by commas" })
    .transform(list)
    .pipe(z.array(z.url({ protocol: /^(https?|wss?)$/, error: "must be http, https, ws or wss" })).min(1)),
  DEPLOYMENT: z.string().default(".cxmpute/deployment.json"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" }).optional(),
  PGLITE_DIRECTORY: z.string().default(".cxmpute/indexer"),
  CACHE_RPC: z.enum(["true", "false"]).optional(),
  POLL_MS: integer.min(50).max(60_000).optional(),
  CORS_ORIGINS: z.string().default("*").transform(list),
  QUOTE_TOKENS: z.string().default("USDC,USDT,DAI,WETH,WPEAQ").transform(list),
  MAX_LAG_BLOCKS: integer.min(1).default(20),
  MAX_SUBSCRIPTIONS: integer.min(0).default(1_000),
});

export interface Settings {
  readonly deployment: Deployment;
  readonly deploymentFile: string;
  /** For Ponder: a loopback node is named several times. */
  readonly rpcUrls: readonly string[];
  readonly isLocal: boolean;
  /** Whether what the node answered is kept for later backfills. A local chain may be another one tomorrow. */
  readonly cachesRpc: boolean;
  /** Milliseconds. */
  readonly pollingInterval: number;
  readonly databaseUrl: string | undefined;
  readonly pgliteDirectory: string;
  readonly corsOrigins: readonly string[];
  /** Tokens that prices are given in, best known first: symbols of the deployment, or addresses. */
  readonly quoteTokens: readonly string[];
  /** Blocks behind the chain's head from which `/healthz` is red. */
  readonly maxLagBlocks: number;
  readonly maxSubscriptions: number;
}

/** Reads and checks the indexer's environment. Throws one error that names every wrong value. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new Error(`The indexer's environment is wrong.\n${describe(parsed.error)}`);
  const env = parsed.data;

  const deploymentFile = path.resolve(ROOT, env.DEPLOYMENT);
  const deployment = readDeployment(deploymentFile);
  if (env.CHAIN_ID !== undefined && env.CHAIN_ID !== deployment.chainId) {
    throw new Error(`CHAIN_ID is ${env.CHAIN_ID}, but ${env.DEPLOYMENT} is of chain ${deployment.chainId}.`);
  }
  const isLocal = env.RPC_URL.every(isLoopback);
  return {
    deployment,
    deploymentFile,
    rpcUrls: isLocal ? Array.from({ length: LOOPBACK_LANES }, () => env.RPC_URL).flat() : env.RPC_URL,
    isLocal,
    cachesRpc: env.CACHE_RPC === undefined ? !isLocal : env.CACHE_RPC === "true",
    pollingInterval: env.POLL_MS ?? (isLocal ? 200 : 1_000),
    databaseUrl: env.DATABASE_URL,
    pgliteDirectory: path.resolve(ROOT, env.PGLITE_DIRECTORY),
    corsOrigins: env.CORS_ORIGINS,
    quoteTokens: env.QUOTE_TOKENS,
    maxLagBlocks: env.MAX_LAG_BLOCKS,
    maxSubscriptions: env.MAX_SUBSCRIPTIONS,
  };
}

function readDeployment(file: string): Deployment {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`DEPLOYMENT cannot be read: ${reason}. Deploy first, or name the deployment's JSON file.`);
  }
  const deployment = parseDeployment(text);
  if (deployment.contracts.orderNFT === zeroAddress) throw new Error(`DEPLOYMENT ${file} has no order book.`);
  return deployment;
}

function isLoopback(url: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}

function describe(error: z.ZodError): string {
  return error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`).join("\n");
}
