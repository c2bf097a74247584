import assert from "node:assert/strict";
import { test } from "node:test";

import { parseStartOptions } from "../stack/options.ts";

test("start options default to a kept, seeded, living market on free ports", () => {
  assert.deepEqual(parseStartOptions([]), { fresh: false, seed: true, live: true, portBase: undefined });
});

test("start options read every flag", () => {
  const options = parseStartOptions(["--fresh", "--no-seed", "--no-live", "--port-base", "8730"]);
  assert.deepEqual(options, { fresh: true, seed: false, live: false, portBase: 8730 });
});

test("start options take the lowest and highest port base, and refuse the ones beside them", () => {
  assert.equal(parseStartOptions(["--port-base", "1024"]).portBase, 1024);
  assert.equal(parseStartOptions(["--port-base=65000"]).portBase, 65_000);
  for (const wrong of ["1023", "65001", "eight", "87.5", ""]) {
    assert.throws(() => parseStartOptions([`--port-base=${wrong}`]), /--port-base must be a whole number/);
  }
});

test("start options refuse what they do not know", () => {
  assert.throws(() => parseStartOptions(["--refresh"]), /--refresh/);
  assert.throws(() => parseStartOptions(["now"]), /now/);
});
