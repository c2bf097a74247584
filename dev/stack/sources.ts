import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./paths.ts";

/** Tells whether the contracts changed: a hash over every Solidity source that is deployed. */
export function contractsFingerprint(): string {
  const hash = createHash("sha256");
  for (const file of globSync("contracts/**/*.sol", { cwd: ROOT }).sort()) {
    hash.update(file).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest("hex");
}
