import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../scripts/generated.ts";

for (const script of ["generate-abi.ts", "generate-addresses.ts", "generate-vectors.ts", "generate-lend-vectors.ts"]) {
  test(`${script} would write what is committed`, () => {
    const { status, stderr } = spawnSync("node", [join(root, "sdk/scripts", script), "--check"], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
  });
}
