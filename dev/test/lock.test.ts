import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { acquireLock } from "../stack/lock.ts";

const file = join(mkdtempSync(join(tmpdir(), "cxmpute-lock-")), "state", "lock");

test("a lock that a living process holds is refused, and free again once given back", async () => {
  const release = await acquireLock(process.pid, file, 100);
  assert.equal(readFileSync(file, "utf8"), String(process.pid));
  await assert.rejects(acquireLock(process.pid, file, 200), { message: new RegExp(`process ${process.pid}`) });
  release();
  assert.equal(existsSync(file), false);
  (await acquireLock(process.pid, file, 100))();
});

test("a lock whose holder is gone is taken over", async () => {
  const gone = spawn("true");
  await once(gone, "exit");
  writeFileSync(file, String(gone.pid));
  const release = await acquireLock(process.pid, file, 100);
  assert.equal(readFileSync(file, "utf8"), String(process.pid));
  release();
});
