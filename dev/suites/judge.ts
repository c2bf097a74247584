import { SUCCESS } from "../stack/supervisor.ts";
import type { Counts } from "./counts.ts";
import type { Suite } from "./suites.ts";

export interface Verdict extends Counts {
  /** One line for the list of suites. */
  note: string;
}

/**
 * What a suite's end means, from how its process ended and what it printed. A suite that crashed, or ran no test at
 * all, has failed once, whatever else it says.
 */
export function judge(suite: Suite, how: string, output: string): Verdict {
  const ok = how === SUCCESS;
  if (suite.parse === undefined) {
    return { passed: 0, failed: ok ? 0 : 1, skipped: 0, note: ok ? "ok" : `failed (${how})` };
  }
  const counts = suite.parse(output);
  if (counts === undefined || counts.passed + counts.failed === 0) {
    return { passed: 0, failed: 1, skipped: counts?.skipped ?? 0, note: `failed: no test ran (${how})` };
  }
  const { passed, failed, skipped } = counts;
  if (!ok && failed === 0) return { passed, failed: 1, skipped, note: `${passed} passed, then it broke (${how})` };
  const note = `${passed} passed, ${failed} failed`;
  return { ...counts, note: skipped === 0 ? note : `${note}, ${skipped} skipped` };
}
