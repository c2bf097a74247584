/** `npm run coverage`: which lines of the contracts the Solidity tests run. Fails below `LEAST` in any folder. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { coverageByFolder } from "./coverage/by-folder.ts";
import { parseLcov } from "./coverage/lcov.ts";
import { runInstrumentedTests } from "./coverage/run-tests.ts";
import { coverageTable } from "./coverage/table.ts";
import { ROOT } from "./stack/paths.ts";

/** Part of a folder's lines. */
const LEAST = 0.98;

const passed = await runInstrumentedTests();
const folders = coverageByFolder(parseLcov(readFileSync(join(ROOT, "coverage", "lcov.info"), "utf8")));
process.stdout.write(`\n${coverageTable(folders)}\n`);

const low = folders.filter(({ covered, total }) => covered < total * LEAST).map(({ folder }) => folder);
if (low.length > 0) process.stderr.write(`\nBelow ${LEAST * 100} %: ${low.join(", ")}\n`);
if (!passed) process.stderr.write("\nSome tests failed.\n");
process.exitCode = passed && low.length === 0 ? 0 : 1;
