import assert from "node:assert/strict";
import { test } from "node:test";

import { coverageByFolder } from "../coverage/by-folder.ts";
import { parseLcov } from "../coverage/lcov.ts";
import { coverageTable } from "../coverage/table.ts";

const REPORT = `TN:
SF:contracts/lend/B.sol
DA:9,0
DA:4,1
DA:3,0
LH:1
LF:3
end_of_record
SF:contracts/dex/libraries/A.sol
DA:7,2
LH:1
LF:1
end_of_record
SF:contracts/dex/interfaces/I.sol
LH:0
LF:0
end_of_record
SF:test/mocks/M.sol
DA:1,0
LH:0
LF:1
end_of_record
`;

test("a report's lines are read by file, and a line ran when its count is above zero", () => {
  const files = parseLcov(REPORT);
  assert.deepEqual([...files.keys()].length, 4);
  assert.deepEqual(
    files.get("contracts/lend/B.sol"),
    new Map([
      [9, false],
      [4, true],
      [3, false],
    ]),
  );
  assert.deepEqual(files.get("contracts/dex/interfaces/I.sol"), new Map());
});

test("an empty report is an error, not full coverage", () => {
  assert.throws(() => parseLcov("TN:\n"), /names no file/);
});

test("lines are summed up by folder of contracts/, with those that did not run in order", () => {
  assert.deepEqual(coverageByFolder(parseLcov(REPORT)), [
    { folder: "dex", covered: 1, total: 1, missed: [] },
    { folder: "lend", covered: 1, total: 3, missed: ["contracts/lend/B.sol:3", "contracts/lend/B.sol:9"] },
  ]);
});

test("the table rounds percentages down, and names each line that did not run", () => {
  const table = coverageTable([
    { folder: "dex", covered: 19_999, total: 20_000, missed: ["contracts/dex/A.sol:1"] },
    { folder: "lend", covered: 2, total: 2, missed: [] },
  ]);
  assert.deepEqual(table.split("\n"), [
    "contracts/     covered     lines   percent",
    "dex              19999     20000   99.99 %",
    "lend                 2         2  100.00 %",
    "",
    "Not covered:",
    "  contracts/dex/A.sol:1",
  ]);
  assert.doesNotMatch(coverageTable([{ folder: "lend", covered: 2, total: 2, missed: [] }]), /Not covered/);
});
