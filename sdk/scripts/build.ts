/**
 * Builds `sdk/dist`, the folder that is published: JavaScript and declarations by tsc, and a `package.json` whose
 * exports name them. In this repository the package is used from its sources; Node runs no TypeScript below
 * `node_modules`, so a published one cannot be.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { root } from "./generated.ts";

interface Manifest {
  readonly [field: string]: unknown;
  readonly exports: Readonly<Record<string, string>>;
}

const sdk = join(root, "sdk");
const dist = join(sdk, "dist");

/** "./src/index.ts" becomes "./index.js" with its declarations beside it. */
function published(source: string): { types: string; default: string } {
  const base = source.replace(/^\.\/src\//, "./").replace(/\.ts$/, "");
  return { types: `${base}.d.ts`, default: `${base}.js` };
}

rmSync(dist, { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync("node", [tsc, "-p", join(sdk, "tsconfig.build.json")], { stdio: "inherit" });

const {
  private: _private,
  scripts: _scripts,
  exports,
  ...manifest
} = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")) as Manifest;
const exported = Object.fromEntries(Object.entries(exports).map(([path, source]) => [path, published(source)]));
writeFileSync(join(dist, "package.json"), `${JSON.stringify({ ...manifest, exports: exported }, null, 2)}\n`);
copyFileSync(join(sdk, "README.md"), join(dist, "README.md"));
