/** What a test runner says that it ran. */
export interface Counts {
  passed: number;
  failed: number;
  /** Left out by the tests themselves, because the machine lacks something. */
  skipped: number;
}

/** Reads the counts from a runner's output, or undefined when it printed none. */
export type CountsParser = (output: string) => Counts | undefined;

/** Mocha and Hardhat's Solidity runner: `12 passing`, `1 failing`. */
export const parseMochaCounts: CountsParser = (output) => {
  const passed = lastNumber(output, /^\s*(\d+) passing\b/gm);
  const failed = lastNumber(output, /^\s*(\d+) failing\b/gm);
  if (passed === undefined && failed === undefined) return undefined;
  return {
    passed: passed ?? 0,
    failed: failed ?? 0,
    skipped: lastNumber(output, /^\s*(\d+) (?:pending|skipped)\b/gm) ?? 0,
  };
};

/** Node's own runner with its spec reporter: `ℹ pass 12`, `ℹ fail 1`; what was cancelled counts as failed. */
export const parseNodeCounts: CountsParser = (output) => {
  const passed = lastNumber(output, /^ℹ pass (\d+)$/gm);
  const failed = lastNumber(output, /^ℹ fail (\d+)$/gm);
  if (passed === undefined || failed === undefined) return undefined;
  return {
    passed,
    failed: failed + (lastNumber(output, /^ℹ cancelled (\d+)$/gm) ?? 0),
    skipped: lastNumber(output, /^ℹ skipped (\d+)$/gm) ?? 0,
  };
};

function lastNumber(output: string, pattern: RegExp): number | undefined {
  const match = [...output.matchAll(pattern)].at(-1);
  return match === undefined ? undefined : Number(match[1]);
}
