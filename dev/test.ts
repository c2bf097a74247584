/** `npm test`: runs every suite and ends with the line `N passed, N failed`. */
import { parseArgs } from "node:util";

import { shutdownRequest } from "./stack/shutdown.ts";
import { Steps } from "./stack/steps.ts";
import { Supervisor } from "./stack/supervisor.ts";
import { inLanes } from "./suites/in-lanes.ts";
import { runSuite, type SuiteResult } from "./suites/run-suite.ts";
import { selectSuites, type Suite } from "./suites/suites.ts";

const INTERRUPTED = 130;

async function runAll(suites: Suite[], supervisor: Supervisor): Promise<SuiteResult[]> {
  const steps = new Steps(suites.length);
  const results: SuiteResult[] = [];
  await inLanes(suites, async (suite) => {
    let failures = "";
    await steps.run(suite.name, async () => {
      const result = await runSuite(suite, supervisor);
      results.push(result);
      failures = result.failures;
      return result.note;
    });
    if (failures !== "") steps.print(`\n${suite.name}\n${failures}\n\n`);
  });
  return results;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: "string" }, list: { type: "boolean", default: false } } });
  const suites = selectSuites(values.only);
  if (values.list) {
    process.stdout.write(
      suites.map(({ name, command, args }) => `${name.padEnd(10)} ${command} ${args.join(" ")}\n`).join(""),
    );
    return 0;
  }

  const supervisor = new Supervisor();
  const shutdown = shutdownRequest(() => process.exit(INTERRUPTED));
  try {
    const results = await Promise.race([runAll(suites, supervisor), shutdown]);
    if (typeof results === "string") {
      process.stdout.write(`\nStopped (${results}) before the end.\n`);
      return INTERRUPTED;
    }
    const passed = results.reduce((sum, result) => sum + result.passed, 0);
    const failed = results.reduce((sum, result) => sum + result.failed, 0);
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
    return failed === 0 ? 0 : 1;
  } finally {
    await supervisor.stop();
  }
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`\n${(error as Error).message}\n`);
  process.exit(1);
}
