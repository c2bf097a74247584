import { parseArgs } from "node:util";

import { type Chain, type Hardfork, startChain } from "./chain.ts";
import { check } from "./check.ts";
import { readCommitted, readMisses, writeResults } from "./files.ts";
import { freePort } from "./freePort.ts";
import { measureOurs } from "./ours.ts";
import type { PeerRow } from "./peers/contract.ts";
import { installPeers } from "./peers/install.ts";
import { measureMangrove } from "./peers/mangrove.ts";
import { measureOneInch } from "./peers/oneInch.ts";
import { measureSeaport } from "./peers/seaport.ts";
import { QUOTED } from "./quoted.ts";
import { joinResults } from "./results.ts";
import { drawTable } from "./table.ts";

/**
 * Measures, prints the table and writes `bench/results/gas.json`. With `--check` measures our rows only, compares them
 * with the limits and with the committed file, writes nothing, and ends with code 1 when something is wrong.
 */
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const misses = await readMisses();
const ours = await withChain("london", measureOurs);

if (values.check) {
  const results = joinResults(ours, []);
  process.stdout.write(`${drawTable(results, {}, misses)}\n`);
  const problems = check(results, await readCommitted(), misses);
  if (problems.length > 0) {
    process.stderr.write(`\n${problems.join("\n")}\n`);
    process.exitCode = 1;
  }
} else {
  const results = joinResults(ours, await measurePeers());
  await writeResults(results);
  process.stdout.write(`${drawTable(results, QUOTED, misses)}\n`);
}

async function measurePeers(): Promise<PeerRow[]> {
  await installPeers();
  return [
    ...(await withChain("london", measureOneInch)),
    ...(await withChain("london", measureMangrove)),
    // Its own build uses transient storage.
    ...(await withChain("cancun", measureSeaport)),
  ];
}

async function withChain<T>(hardfork: Hardfork, body: (chain: Chain) => Promise<T>): Promise<T> {
  const chain = await startChain(hardfork, await freePort());
  try {
    return await body(chain);
  } finally {
    await chain.stop();
  }
}
