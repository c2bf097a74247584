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

test("a step that fails says so and passes its error on", async () => {
  const output = recorder(false);
  const failure = new Error("no chain");
  await assert.rejects(
    new Steps(1, output, () => 0).run("Chain", () => Promise.reject(failure)),
    failure,
  );
  assert.match(output.written[0] ?? "", /failed\n$/);
});
