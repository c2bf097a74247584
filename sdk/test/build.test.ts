import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";

import { root } from "../scripts/generated.ts";

test("the built package runs in plain Node, has declarations, and names only what it holds", () => {
  const build = spawnSync("node", [join(root, "sdk/scripts/build.ts")], { encoding: "utf8" });
  assert.equal(build.status, 0, build.stdout + build.stderr);

  const dist = join(root, "sdk/dist");
  const manifest = JSON.parse(readFileSync(join(dist, "package.json"), "utf8")) as {
    private?: boolean;
    exports: Record<string, Record<string, string>>;
  };
  assert.equal(manifest.private, undefined);
  for (const files of Object.values(manifest.exports)) {
    for (const file of Object.values(files)) assert.ok(existsSync(join(dist, file)), file);
  }

  const entry = pathToFileURL(join(dist, manifest.exports["."]?.default ?? "")).href;
  const program = `import { encodePrice, formatPrice, orderNftAbi } from ${JSON.stringify(entry)};
    console.log(formatPrice(encodePrice(3n, 2n), { sellDecimals: 0, buyDecimals: 0 }), orderNftAbi.length > 50);`;
  const run = spawnSync("node", ["--no-strip-types", "--input-type=module", "-e", program], { encoding: "utf8" });
  assert.equal(run.stdout, "1.5 true\n", run.stderr);
});

test("a consumer's strict type check passes against the declarations", () => {
  const folder = join(root, "sdk/dist/.consumer");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "consumer.ts");
  writeFileSync(
    file,
    `import { createOrder, type Order, parsePrice, type Sent } from "../index.js";
export const price: bigint = parsePrice("1", { sellDecimals: 0, buyDecimals: 0 });
export const remaining = (order: Order): bigint => order.remaining;
export const id = async (...parameters: Parameters<typeof createOrder>): Promise<bigint> => {
  const sent: Sent<bigint> = await createOrder(...parameters);
  return sent.simulated;
};
// @ts-expect-error a price is no text: declarations that resolve to any would let it pass
export const wrong: string = price;
`,
  );
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2023"];
  const check = spawnSync("node", [join(root, "node_modules/typescript/bin/tsc"), ...options, file], {
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  assert.equal(check.status, 0, check.stdout);
});
