import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { root } from "../scripts/generated.ts";
import { CONTRACT_NAMES, type Deployment } from "../src/index.ts";
import { startChain, type TestChain } from "./support/chain.ts";
import { deployDex } from "./support/deployDex.ts";
import { deployLend } from "./support/deployLend.ts";

const examples = join(root, "sdk/examples");

/** The lines that an example prints on a chain of its own. */
async function linesOf(example: string, deploy: (chain: TestChain) => Promise<Deployment>): Promise<string[]> {
  const chain = await startChain();
  const folder = mkdtempSync(join(tmpdir(), "sdk-example-"));
  try {
    const file = join(folder, "deployment.json");
    writeFileSync(file, JSON.stringify(await deploy(chain)));
    const { stdout } = await promisify(execFile)("node", [join(examples, example), file], {
      env: { ...process.env, RPC_URL: chain.url },
    });
    return stdout.trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
    await chain.stop();
  }
}

test("the example trades", async () => {
  const lines = await linesOf("trade.ts", deployDex);
  assert.match(lines[0] ?? "", /^Order \d+ stands\.$/);
  assert.deepEqual(lines.slice(1), [
    "0.4997 WETH for 3000.5 USDC each, fee deducted.",
    "Paid 1500.250001 USDC.",
    "Only 0.5 WETH of 1 WETH could be filled, and the fill was all or nothing.",
  ]);
});

test("the example borrows", async () => {
  const lines = await linesOf("borrow.ts", async (chain) => {
    const { lend, tokens, accessManager } = await deployLend(chain);
    const contracts = Object.fromEntries(CONTRACT_NAMES.map((name) => [name, accessManager]));
    return { chainId: 31_337, startBlock: 0, contracts: contracts as Deployment["contracts"], tokens, lend };
  });
  assert.deepEqual(lines, [
    "Up to 2250 USDC can be borrowed.",
    "Health 2.13, liquidated below 1406.25 USD.",
    "Debts of 3375 USD would stand on a borrowing power of 2250 USD only.",
  ]);
});

for (const example of ["trade.ts", "borrow.ts"]) {
  test(`the README shows ${example} as it is`, () => {
    const readme = readFileSync(join(root, "sdk/README.md"), "utf8");
    assert.ok(readme.includes(`\`\`\`ts\n${readFileSync(join(examples, example), "utf8")}\`\`\``));
  });
}
