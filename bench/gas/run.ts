import { parseArgs } from "node:util";

import { withChain } from "./chain.ts";
import { check } from "./check.ts";
import { readCommitted, readMisses, writeResults } from "./files.ts";
import { measureOurs } from "./ours.ts";
import type { PeerRow } from "./peers/contract.ts";
import { measureAave } from "./peers/aave.ts";
import { installPeers } from "./peers/install.ts";
import { measureMangrove } from "./peers/mangrove.ts";
import { measureMorpho } from "./peers/morpho.ts";
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
const ours = await measureOurs();

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
    ...(await withChain("london", measureMorpho)),
    ...(await withChain("london", measureAave)),
    // Its own build uses transient storage.
    ...(await withChain("cancun", measureSeaport)),
  ];
}
