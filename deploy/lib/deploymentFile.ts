import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { type Deployment, parseDeployment } from "@cxmpute/sdk";

export type { Deployment } from "@cxmpute/sdk";

export function writeDeployment(file: string, deployment: Deployment): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(deployment, null, 2)}\n`);
}

/** @throws Error that says what to do when the file is absent, or what is wrong with it. */
export function readDeployment(file: string): Deployment {
  if (!existsSync(file)) throw new Error(`there is no deployment file ${file}: deploy first, or name one`);
  return parseDeployment(readFileSync(file, "utf8"));
}
