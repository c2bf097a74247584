import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { freePort, stopProcess, testKey } from "./anvil.ts";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

/** Settings by environment variable. */
export type Environment = Readonly<Record<string, string>>;

/** A keeper as an operator would start it. */
export interface KeeperProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it has logged so far. */
  log(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Signer of the keeper processes: account 5. */
export const keeperSigner = 5;

const running = new Set<ChildProcess>();

/** Ends what a failed test left running, which would otherwise keep the test process alive. */
export async function stopKeepers(): Promise<void> {
  await Promise.all([...running].map((child) => stopProcess(child)));
}

export async function startKeeper(environment: Environment): Promise<KeeperProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [cli, "run"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      KEEPER_PRIVATE_KEY: testKey(keeperSigner),
      KEEPER_PORT: String(port),
      KEEPER_POLL_MS: "50",
      KEEPER_SWEEP_SECONDS: "2",
      KEEPER_REPLACE_SECONDS: "1",
      KEEPER_DRAIN_SECONDS: "2",
      ...environment,
    },
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let log = "";
  child.stdout.on("data", (chunk) => (log += String(chunk)));
  child.stderr.on("data", (chunk) => (log += String(chunk)));
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    log: () => log,
    stop: (signal) => stopProcess(child, signal),
  };
}

/** Waits until `check` gives something; throws with `what` after `ms`, long enough for a machine under heavy load. */
export async function until<T>(what: string, check: () => Promise<T | undefined | false>, ms = 60_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await check().catch(() => undefined);
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await sleep(50);
  }
}

/** An endpoint's JSON, whatever its code. */
export async function getJson(
  keeper: KeeperProcess,
  path: string,
): Promise<{ code: number; body: Record<string, unknown> }> {
  const response = await fetch(`${keeper.url}${path}`, { signal: AbortSignal.timeout(2000) });
  return { code: response.status, body: (await response.json()) as Record<string, unknown> };
}
