import { readFileSync } from "node:fs";

import { projectCommand } from "../stack/command.ts";
import type { Supervisor } from "../stack/supervisor.ts";
import { failureOutput } from "./failure-output.ts";
import { judge, type Verdict } from "./judge.ts";
import type { Suite } from "./suites.ts";

export interface SuiteResult extends Verdict {
  /** What a reader needs to see, empty when the suite passed. */
  failures: string;
}

/** Without colours, so that the counts can be read. */
const PLAIN = { NO_COLOR: "1", FORCE_COLOR: "0" };

/** Runs one suite to its end; its whole output stays in `.cxmpute/logs/test-<name>.log`. */
export async function runSuite(suite: Suite, supervisor: Supervisor): Promise<SuiteResult> {
  const spec = projectCommand(`test-${suite.name}`, suite.command, suite.args, PLAIN);
  const { how } = await supervisor.runToEnd(spec);
  const output = readFileSync(spec.logFile, "utf8");
  const verdict = judge(suite, how, output);
  return { ...verdict, failures: verdict.failed === 0 ? "" : failureOutput(output, suite.failureMarker) };
}
