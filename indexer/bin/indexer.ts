#!/usr/bin/env node
import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { pino } from "pino";

import { databaseSchema } from "../launcher/databaseSchema.ts";
import { embeddedDatabase } from "../launcher/embeddedDatabase.ts";
import { requireFreePort } from "../launcher/requireFreePort.ts";
import { readSettings } from "../src/settings.ts";

const HELP = `Usage: indexer <start|dev|serve> [--help]

start  index and serve; resumes where it stopped
dev    the same with hot reloading; always indexes from the start
serve  serve only, beside a running "start" over the same Postgres

Environment
  RPC_URL           the chain's JSON-RPC URL, or several, separated by commas
  DEPLOYMENT        the deployment's JSON file (.cxmpute/deployment.json)
  CHAIN_ID          checked against the deployment, if given
  DATABASE_URL      postgres://…; without it an embedded PGlite is used
  DATABASE_SCHEMA   by default one for each deployment and version of the indexer
  PGLITE_DIRECTORY  (.cxmpute/indexer)
  PORT, HOST        (42069, 127.0.0.1)
  POLL_MS           (200 for a local chain, else 1,000)
  CACHE_RPC         keep the node's answers for later backfills (true, but false for a local chain)
  CORS_ORIGINS      origins that browsers may ask from, separated by commas (*)
  QUOTE_TOKENS      tokens that prices are given in, best known first (USDC,USDT,DAI,WETH,WPEAQ)
  MAX_LAG_BLOCKS    blocks behind the chain's head from which /healthz is red (20)
  MAX_SUBSCRIPTIONS streams at a time (1,000)
  LOG_LEVEL         (info)
`;

const logger = pino({ level: process.env.LOG_LEVEL ?? "info" });
const [command = ""] = process.argv.slice(2);

if (process.argv.includes("--help")) {
  process.stdout.write(HELP);
} else if (!["start", "dev", "serve"].includes(command)) {
  process.stderr.write(HELP);
  process.exitCode = 2;
} else {
  try {
    await launch();
  } catch (error) {
    logger.fatal(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

async function launch(): Promise<void> {
  const settings = readSettings(process.env);
  if (command === "serve" && settings.databaseUrl === undefined) {
    throw new Error("serve needs Postgres, because PGlite belongs to one process: set DATABASE_URL.");
  }
  const host = process.env.HOST ?? "127.0.0.1";
  const port = process.env.PORT ?? "42069";
  await requireFreePort(host, Number(port));
  const schema = process.env.DATABASE_SCHEMA ?? (await databaseSchema(settings));
  const embedded = embeddedDatabase(path.join(settings.pgliteDirectory, schema));
  if (settings.databaseUrl === undefined) embedded.open();

  const exited = run(schema, host, port, { PGLITE_DIRECTORY: embedded.data, DEPLOYMENT: settings.deploymentFile });
  if (settings.databaseUrl === undefined && (await isReady(`http://${host}:${port}/ready`, exited))) {
    embedded.markComplete();
  }
  process.exitCode = await exited;
}

/** Runs Ponder until it exits, passing signals on, and returns its exit code. */
function run(schema: string, host: string, port: string, env: NodeJS.ProcessEnv): Promise<number> {
  const ponder = fileURLToPath(new URL("bin/ponder.js", import.meta.resolve("ponder")));
  const root = fileURLToPath(new URL("..", import.meta.url));
  const level = process.env.LOG_LEVEL ?? "info";
  // Events make short-lived objects by the million: room for them saves a fifth of a backfill's time.
  const args = [
    "--max-semi-space-size=64",
    ponder,
    command,
    "--root",
    root,
    "--schema",
    schema,
    "--hostname",
    host,
    "--port",
    port,
  ];
  args.push("--log-format", "json", "--log-level", level, ...(command === "dev" ? ["--disable-ui"] : []));

  // By name, so that the node of node_modules/.bin is used, and under the indexer's folder, where Ponder writes.
  const child = spawn("node", args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env, PONDER_TELEMETRY_DISABLED: "true" },
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal === null ? 1 : 0)));
  });
}

/** Waits until `url` answers 200. False when the process exits before. */
async function isReady(url: string, exited: Promise<number>): Promise<boolean> {
  let hasExited = false;
  void exited.finally(() => (hasExited = true));
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- set when the child ends
  while (!hasExited) {
    try {
      if ((await fetch(url)).status === 200) return true;
    } catch {
      // Not listening yet.
    }
    await Promise.race([sleep(250), exited]);
  }
  return false;
}
