import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { root } from "../scripts/generated.ts";
import { startChain } from "./support/chain.ts";
import { deployDex } from "./support/deployDex.ts";

const example = join(root, "sdk/examples/trade.ts");

test("the example trades", async () => {
  const chain = await startChain();
  const folder = mkdtempSync(join(tmpdir(), "sdk-example-"));
  try {
    const file = join(folder, "deployment.json");
    writeFileSync(file, JSON.stringify(await deployDex(chain)));
    const { stdout } = await promisify(execFile)("node", [example, file], {
      env: { ...process.env, RPC_URL: chain.url },
    });
    const lines = stdout.trim().split("\n");
    assert.match(lines[0] ?? "", /^Order \d+ stands\.$/);
    assert.deepEqual(lines.slice(1), [
      "0.4997 WETH for 3000.5 USDC each, fee deducted.",
      "Paid 1500.250001 USDC.",
      "Only 0.5 WETH of 1 WETH could be filled, and the fill was all or nothing.",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
    await chain.stop();
  }
});

test("the README shows the example as it is", () => {
  const readme = readFileSync(join(root, "sdk/README.md"), "utf8");
  assert.ok(readme.includes(`\`\`\`ts\n${readFileSync(example, "utf8")}\`\`\``));
});
