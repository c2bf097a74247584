import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";

import { EIDS } from "../../layerzero/eids.ts";
import { workersProcess } from "../../layerzero/workersProcess.ts";
import { lastLines, type ManagedProcess, startProcess } from "../../stack/process.ts";
import { waitFor } from "../../stack/wait.ts";
import { countEvents } from "./support/events.ts";
import { MailBox } from "./support/MailBox.ts";
import { type Pair, startPair } from "./support/startPair.ts";

const TIMEOUT_MS = 30_000;
const GRACE_MS = 8_000;
const folder = mkdtempSync(join(tmpdir(), "cxmpute-workers-"));

let pair: Pair;
let running: ManagedProcess | undefined;
let starts = 0;
before(async () => {
  pair = await startPair();
});
afterEach(async () => {
  await running?.stop(GRACE_MS);
});
after(() => pair?.stop());

async function start(): Promise<ManagedProcess> {
  const spec = workersProcess(join(folder, "networks.json"), pair.networks);
  const args = [...spec.args, "--interval", "50", "--retry-delay", "100"];
  running = await startProcess({ ...spec, args, logFile: join(folder, `workers-${++starts}.log`) });
  return running;
}

function logged(child: ManagedProcess, pattern: RegExp): Promise<true> {
  return waitFor(
    `A line ${pattern}`,
    () => {
      const lines = lastLines(child.logFile, 100);
      assert.ok(child.isRunning() || lines.some((line) => pattern.test(line)), lines.join("\n"));
      return Promise.resolve(lines.some((line) => pattern.test(line)) ? true : undefined);
    },
    TIMEOUT_MS,
  );
}

/** The workers have sent their next transaction, which waits for a block. */
function pooled(): Promise<true> {
  const { client } = pair.peaq;
  return waitFor(
    "A waiting transaction",
    async () => ((await client.getTxpoolStatus()).pending === 1 ? true : undefined),
    TIMEOUT_MS,
  );
}

test("SIGTERM ends the process in good order", async () => {
  const child = await start();
  await logged(child, /30302 → 30101: 2 verifiers and 1 executors at work/);
  await child.stop(GRACE_MS);
  assert.equal(await child.ended, "exit code 0");
  assert.deepEqual(lastLines(child.logFile, 1), ["stopped"]);
});

/** Two signatures, the commitment, the delivery. */
const TRANSACTIONS = 4;

for (const [mined, moment, isPoolKept] of [
  [0, "before any signature", false],
  [1, "between the signatures", true],
  [2, "before the commitment", false],
  [2, "before the commitment", true],
  [3, "before the delivery", false],
  [3, "before the delivery", true],
  [4, "after the delivery", false],
] as const) {
  const rest = isPoolKept ? "mined late" : "lost";
  test(`a message arrives exactly once though the workers are killed ${moment}, their last transaction ${rest}`, async () => {
    const { client } = pair.peaq;
    const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
    await client.setAutomine(false);
    const killed = await start();
    const packet = await ethereum.send(moment, EIDS.peaq);
    for (let block = 0; block < mined; block++) {
      await pooled();
      await client.mine({ blocks: 1 });
    }
    if (mined === TRANSACTIONS) await logged(killed, /delivered/);
    else await pooled();
    process.kill(killed.pid, "SIGKILL");
    assert.equal(await killed.ended, "signal SIGKILL");
    assert.equal(await peaq.received(), mined === TRANSACTIONS ? 1n : 0n);

    if (!isPoolKept) await client.request({ method: "anvil_dropAllTransactions" } as never);
    const restarted = await start();
    await logged(restarted, /30302 → 30101: 2 verifiers/);
    await client.setAutomine(true);
    await client.mine({ blocks: 1 });
    // Another message says that the workers have been past the first one.
    await ethereum.send("and another", EIDS.peaq);
    await waitFor("both messages", async () => ((await peaq.received()) >= 2n ? true : undefined), TIMEOUT_MS);
    assert.equal(await peaq.received(), 2n);
    assert.deepEqual(await countEvents(pair.peaq, packet), { signed: 2, delivered: 1, failed: 0 });
  });
}

test("a file that does not exist and a missing argument end the process with a sentence", async () => {
  const spec = workersProcess(join(folder, "networks.json"), pair.networks);
  for (const [args, sentence] of [
    [["dev/layerzero/workers.ts"], /--networks names the file/],
    [["dev/layerzero/workers.ts", "--networks", join(folder, "none.json")], /none\.json/],
  ] as const) {
    const child = await startProcess({ ...spec, args: [...args], logFile: join(folder, "wrong.log") });
    assert.equal(await child.ended, "exit code 1");
    assert.match(lastLines(child.logFile, 1).join(), sentence);
  }
});
