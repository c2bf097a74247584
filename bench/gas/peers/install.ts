import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { join } from "node:path";

import { PEERS_ROOT } from "../paths.ts";

/** Installs the compared contracts by their own lockfile, once. None of their scripts run. */
export async function installPeers(): Promise<void> {
  try {
    await access(join(PEERS_ROOT, "node_modules", ".package-lock.json"));
  } catch {
    const npm = spawn("npm", ["ci", "--ignore-scripts"], { cwd: PEERS_ROOT, stdio: ["ignore", 2, 2] });
    const [code] = (await once(npm, "exit")) as [number | null];
    if (code !== 0) throw new Error(`npm ci in ${PEERS_ROOT} ended with code ${code}`);
  }
}
