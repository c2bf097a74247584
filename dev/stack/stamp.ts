import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { STATE } from "./paths.ts";
import type { Ports } from "./ports.ts";

/** How far the chain in `.cxmpute/` was brought; at "deploying" and "seeding" it was left half done. */
export type Progress = "deploying" | "deployed" | "seeding" | "seeded";

/** What the last start left behind. */
export interface Stamp {
  ports: Ports;
  /** Time of the chain's first block, in seconds since 1970. */
  genesisTime: number;
  progress: Progress;
  /** Fingerprint of the contracts that were deployed. */
  contracts: string;
  /** Whether a stack runs on it, or ended without being able to say so. */
  inUse: boolean;
}

const FILE = join(STATE, "stack.json");

/** The last start's stamp, or undefined when there is none that can be read. */
export function readStamp(file = FILE): Stamp | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Stamp;
  } catch {
    return undefined;
  }
}

/** Notes that the stack ended in good order. */
export function markEnded(file = FILE): void {
  const stamp = readStamp(file);
  if (stamp !== undefined) writeStamp({ ...stamp, inUse: false }, file);
}

export function writeStamp(stamp: Stamp, file = FILE): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(stamp, null, 2)}\n`);
}
