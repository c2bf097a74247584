import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { isAlive, type ProcessSpec } from "../stack/process.ts";
import { ProcessEndedError, Supervisor } from "../stack/supervisor.ts";
import { waitFor } from "../stack/wait.ts";

const folder = mkdtempSync(join(tmpdir(), "cxmpute-supervisor-"));

function spec(name: string, command: string, args: string[]): ProcessSpec {
  return { name, command, args, cwd: folder, logFile: join(folder, `${name}.log`) };
}

test("stop ends every process and then the one that watches them", async () => {
  const supervisor = new Supervisor();
  const first = await supervisor.start(spec("first", "sleep", ["60"]));
  const second = await supervisor.start(spec("second", "sleep", ["60"]));
  await supervisor.stop();
  assert.equal(first.isRunning(), false);
  assert.equal(second.isRunning(), false);
  await waitFor("the watcher's end", () => Promise.resolve(isAlive(supervisor.pid) ? undefined : true), 5_000);
});

test("a process that ends unasked fails the whole with its last lines", async (t) => {
  const supervisor = new Supervisor();
  t.after(() => supervisor.stop());
  await supervisor.start(spec("breaks", "node", ["-e", "console.log('the reason'); process.exit(7)"]));
  await assert.rejects(supervisor.failure, (error: Error) => {
    assert.ok(error instanceof ProcessEndedError);
    assert.match(error.message, /^breaks ended unexpectedly \(exit code 7\)/);
    assert.match(error.message, /\| the reason$/);
    return true;
  });
});

test("a process that is stopped on purpose is no failure", async () => {
  const supervisor = new Supervisor();
  await supervisor.start(spec("quiet", "sleep", ["60"]));
  await supervisor.stop();
  const first = await Promise.race([supervisor.failure, Promise.resolve("nothing failed")]);
  assert.equal(first, "nothing failed");
});

test("run waits for the end and throws when it is not a success", async (t) => {
  const supervisor = new Supervisor();
  t.after(() => supervisor.stop());
  await supervisor.run(spec("works", "true", []));
  await assert.rejects(supervisor.run(spec("fails", "false", [])), /fails ended unexpectedly \(exit code 1\)/);
});

test("nothing is started once everything is being stopped", async () => {
  const supervisor = new Supervisor();
  await supervisor.stop();
  await assert.rejects(supervisor.start(spec("late", "sleep", ["60"])), /late was not started/);
});

test("processes end although the one that started them was killed", async () => {
  const module = fileURLToPath(new URL("../stack/supervisor.ts", import.meta.url));
  const pidFile = join(folder, "orphan.pid");
  const script = join(folder, "starter.mts");
  writeFileSync(
    script,
    `import { writeFileSync } from "node:fs";
     import { Supervisor } from ${JSON.stringify(module)};
     const child = await new Supervisor().start(${JSON.stringify(spec("orphan", "sleep", ["60"]))});
     writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));`,
  );
  const starter = spawn("node", [script], { stdio: "ignore" });
  const pid = await waitFor(
    "the orphan",
    () => Promise.resolve(existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8")) || undefined : undefined),
    10_000,
  );
  assert.equal(isAlive(pid), true);
  starter.kill("SIGKILL");
  await waitFor("the orphan's end", () => Promise.resolve(isAlive(pid) ? undefined : true), 10_000);
});
