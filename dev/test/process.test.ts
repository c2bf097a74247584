import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { isAlive, lastLines, startProcess, type ProcessSpec } from "../stack/process.ts";
import { waitFor } from "../stack/wait.ts";

const folder = mkdtempSync(join(tmpdir(), "cxmpute-process-"));

function node(name: string, script: string): ProcessSpec {
  return { name, command: "node", args: ["-e", script], cwd: folder, logFile: join(folder, "logs", `${name}.log`) };
}

async function readPid(file: string): Promise<number> {
  return waitFor("the pid", () => Promise.resolve(Number(readFileSync(file, "utf8").trim()) || undefined), 5_000);
}

test("a process ends with its exit code, and both of its streams are in the log", async () => {
  const child = await startProcess(node("talker", "console.log('out'); console.error('err'); process.exitCode = 3"));
  assert.equal(await child.ended, "exit code 3");
  assert.equal(child.isRunning(), false);
  assert.deepEqual(lastLines(child.logFile, 5).toSorted(), ["err", "out"]);
});

test("the last lines of a log are the last ones", async () => {
  const child = await startProcess(node("counter", "for (let i = 0; i < 50; i++) console.log(i)"));
  await child.ended;
  assert.deepEqual(lastLines(child.logFile, 2), ["48", "49"]);
});

test("stop lets a process end in its own way", async () => {
  const child = await startProcess(
    node(
      "polite",
      "process.on('SIGTERM', () => { console.log('bye'); process.exit(0) }); console.log('up'); setInterval(() => {}, 1e3)",
    ),
  );
  await waitFor(
    "the process",
    () => Promise.resolve(lastLines(child.logFile, 1)[0] === "up" ? true : undefined),
    5_000,
  );
  await child.stop(5_000);
  assert.equal(await child.ended, "exit code 0");
  assert.deepEqual(lastLines(child.logFile, 1), ["bye"]);
});

test("stop kills a process that does not listen, after the grace", async () => {
  const child = await startProcess(
    node("deaf", "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1e3)"),
  );
  await waitFor(
    "the process",
    () => Promise.resolve(lastLines(child.logFile, 1)[0] === "up" ? true : undefined),
    5_000,
  );
  const started = Date.now();
  await child.stop(300);
  assert.equal(await child.ended, "signal SIGKILL");
  assert.ok(Date.now() - started >= 300, "the grace was not given");
});

test("nothing that a process started outlives it", async () => {
  const script =
    "const { spawn } = require('node:child_process');" +
    "const child = spawn('sleep', ['60']); console.log(child.pid); setTimeout(() => process.exit(1), 200)";
  const child = await startProcess(node("parent", script));
  const grandchild = await readPid(child.logFile);
  assert.equal(await child.ended, "exit code 1");
  await waitFor("the grandchild's end", () => Promise.resolve(isAlive(grandchild) ? undefined : true), 5_000);
});

test("a command that does not exist is named", async () => {
  const spec = { ...node("ghost", ""), command: "no-such-command-here" };
  await assert.rejects(startProcess(spec), /ghost could not be started/);
});
