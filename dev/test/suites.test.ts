import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";

import { parseMochaCounts, parseNodeCounts } from "../suites/counts.ts";
import { failureOutput } from "../suites/failure-output.ts";
import { inLanes } from "../suites/in-lanes.ts";
import { judge } from "../suites/judge.ts";
import { allSuites, selectSuites, type Suite } from "../suites/suites.ts";

const SUCCESS = "exit code 0";
const mochaSuite: Suite = { name: "mocha", command: "hardhat", args: [], parse: parseMochaCounts };

test("mocha's counts are read, also where nothing failed or nothing passed", () => {
  assert.deepEqual(parseMochaCounts("  12 passing (3s)\n  2 failing\n"), { passed: 12, failed: 2, skipped: 0 });
  assert.deepEqual(parseMochaCounts("\n  10 passing\n"), { passed: 10, failed: 0, skipped: 0 });
  assert.deepEqual(parseMochaCounts("  1 failing\n"), { passed: 0, failed: 1, skipped: 0 });
  assert.equal(parseMochaCounts("No contracts to compile\n"), undefined);
});

test("a test's own words are not taken for counts", () => {
  assert.equal(parseMochaCounts("  ✔ keeps 12 passing orders\n"), undefined);
  assert.deepEqual(parseMochaCounts("  ✔ keeps 12 passing orders\n  1 passing\n"), {
    passed: 1,
    failed: 0,
    skipped: 0,
  });
});

test("Node's counts are read, and a cancelled test is a failed one", () => {
  const output = "ℹ tests 7\nℹ suites 0\nℹ pass 4\nℹ fail 1\nℹ cancelled 2\nℹ skipped 5\n";
  assert.deepEqual(parseNodeCounts(output), { passed: 4, failed: 3, skipped: 5 });
  assert.equal(parseNodeCounts("ℹ pass 4\n"), undefined);
});

test("a suite passes when its runner ended well and ran something", () => {
  const verdict = judge(mochaSuite, SUCCESS, "  3 passing");
  assert.deepEqual(verdict, { passed: 3, failed: 0, skipped: 0, note: "3 passed, 0 failed" });
  assert.equal(judge(mochaSuite, SUCCESS, "  3 passing\n  2 pending").note, "3 passed, 0 failed, 2 skipped");
});

test("a suite that ran nothing has failed", () => {
  assert.equal(judge(mochaSuite, SUCCESS, "").failed, 1);
  assert.equal(judge(mochaSuite, SUCCESS, "  0 passing").failed, 1);
});

test("a suite that crashed after its last test has failed", () => {
  const verdict = judge(mochaSuite, "signal SIGKILL", "  3 passing");
  assert.deepEqual([verdict.passed, verdict.failed], [3, 1]);
});

test("failures are counted once, not again for the exit code", () => {
  assert.equal(judge(mochaSuite, "exit code 2", "  3 passing\n  2 failing").failed, 2);
});

test("a check counts only when it fails", () => {
  const check: Suite = { name: "build", command: "hardhat", args: [] };
  assert.deepEqual(judge(check, SUCCESS, ""), { passed: 0, failed: 0, skipped: 0, note: "ok" });
  assert.equal(judge(check, "exit code 1", "").failed, 1);
});

test("the output of a failure begins at the marker, or is the end of the output", () => {
  assert.equal(
    failureOutput("noise\n\n  1 failing\n\n  1) why\n", /^\s*\d+ failing\b/m).trim(),
    "1 failing\n\n  1) why",
  );
  assert.equal(failureOutput("a\nb\n", /^never$/m), "a\nb");
  const long = Array.from({ length: 1_000 }, (_, index) => `line ${index}`).join("\n");
  assert.match(failureOutput(long, undefined), /line 999$/);
  assert.doesNotMatch(failureOutput(long, undefined), /line 1\n/);
});

test("suites are chosen by name or group, in their own order, and unknown names are refused", () => {
  const names = (only: string) => selectSuites(only).map(({ name }) => name);
  assert.deepEqual(names("sdk,build"), ["build", "sdk"]);
  assert.deepEqual(names("contracts"), ["build", "generated", "solidity", "gas", "mocha"]);
  assert.throws(() => selectSuites("sdk,contract"), /There is no suite contract\./);
  assert.equal(selectSuites(undefined).length, allSuites().length);
});

test("suites without a lane run alone and first; lanes run beside each other, each in its order", async () => {
  const suite = (name: string, lane?: Suite["lane"]): Suite => ({
    name,
    command: "true",
    args: [],
    ...(lane && { lane }),
  });
  const happened: string[] = [];
  await inLanes(
    [suite("a", "hardhat"), suite("build"), suite("p", "processes"), suite("b", "hardhat"), suite("check")],
    async ({ name }) => {
      happened.push(`+${name}`);
      // The other lane has its turn meanwhile.
      await setImmediate();
      happened.push(`-${name}`);
    },
  );
  assert.deepEqual(happened.slice(0, 4), ["+build", "-build", "+check", "-check"]);
  assert.deepEqual(happened.slice(4, 6), ["+a", "+p"]);
  assert.deepEqual(
    happened.filter((event) => /[ab]$/.test(event)),
    ["+a", "-a", "+b", "-b"],
  );
  assert.equal(happened.length, 10);
});

test("nothing that starts Hardhat runs beside another that does", () => {
  for (const { name, command, lane } of allSuites()) {
    if (command === "hardhat") assert.notEqual(lane, "processes", name);
  }
});
