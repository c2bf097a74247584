import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { STATE } from "./paths.ts";
import { isAlive } from "./process.ts";
import { waitFor } from "./wait.ts";

const FILE = join(STATE, "lock");
/** Time that a stack which is just ending gets before this one gives up, in ms. */
const PATIENCE_MS = 12_000;

/**
 * Makes this the only stack over `.cxmpute/` until process `holder` ends, and returns what gives the lock back. Throws
 * when another one runs.
 */
export async function acquireLock(holder: number, file = FILE, patienceMs = PATIENCE_MS): Promise<() => void> {
  mkdirSync(dirname(file), { recursive: true });
  await waitFor("The lock", () => Promise.resolve(isHeld(file) ? undefined : true), patienceMs).catch(() => {
    throw new Error(
      `Another "npm start" runs in this folder (process ${readHolder(file)}): stop it first. ` +
        `Should that be untrue, delete ${file}.`,
    );
  });
  writeFileSync(file, String(holder));
  return () => rmSync(file, { force: true });
}

function isHeld(file: string): boolean {
  const holder = readHolder(file);
  return holder !== undefined && isAlive(holder);
}

function readHolder(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
