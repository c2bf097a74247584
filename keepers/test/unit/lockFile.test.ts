import assert from "node:assert/strict";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { lockFile } from "../../src/engine/store/lockFile.ts";

const path = join(mkdtempSync(join(tmpdir(), "keepers-lock-")), "keeper.pid");

test("a living holder keeps others out, a dead one is taken over, and release removes the file", () => {
  writeFileSync(path, `${process.ppid}\n`);
  assert.throws(() => lockFile(path), /already works with these books/);
  // Above the largest process id that Linux gives out.
  writeFileSync(path, "4194999\n");
  const release = lockFile(path);
  release();
  assert.equal(existsSync(path), false);
});
