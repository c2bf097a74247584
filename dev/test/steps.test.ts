import assert from "node:assert/strict";
import { test } from "node:test";

import { Steps } from "../stack/steps.ts";

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test("a step is shown with its number, time and note", async () => {
  const output = recorder(false);
  let now = 0;
  const steps = new Steps(2, output, () => now);
  await steps.run("Chain", () => {
    now = 1_250;
    return Promise.resolve("block 0");
  });
  assert.deepEqual(output.written, ["[1/2] Chain          1.3 s  block 0\n"]);
});

test("on a terminal the running step is shown first and then overwritten", async () => {
  const output = recorder(true);
  await new Steps(1, output, () => 0).run("Chain", () => Promise.resolve("done"));
  assert.equal(output.written[0], "[1/1] Chain        …");
  const [, finished = ""] = output.written;
  assert.ok(finished.startsWith("\r\u001b[2K[1/1] Chain"), finished);
  assert.ok(finished.endsWith("done\n"), finished);
});

test("of steps that run beside each other the terminal's last line names those that are left", async () => {
  const output = recorder(true);
  const steps = new Steps(2, output, () => 0);
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = steps.run("Chain", () => promise);
  await steps.run("Seed", () => Promise.resolve("done"));
  steps.print("more\n");
  resolve("done");
  await first;
  const wipe = "\r\u001b[2K";
  assert.deepEqual(output.written, [
    "[1/2] Chain        …",
    `${wipe}[1/2] Chain        … [2/2] Seed         …`,
    `${wipe}[2/2] Seed           0.0 s  done\n[1/2] Chain        …`,
    `${wipe}more\n[1/2] Chain        …`,
    `${wipe}[1/2] Chain          0.0 s  done\n`,
  ]);
});

test("a step that fails says so and passes its error on", async () => {
  const output = recorder(false);
  const failure = new Error("no chain");
  await assert.rejects(
    new Steps(1, output, () => 0).run("Chain", () => Promise.reject(failure)),
    failure,
  );
  assert.match(output.written[0] ?? "", /failed\n$/);
});
