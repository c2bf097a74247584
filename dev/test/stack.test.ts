import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";

import { ROOT } from "../stack/paths.ts";
import { isPortFree, SERVICES } from "../stack/ports.ts";
import { waitFor } from "../stack/wait.ts";
import { freeBase } from "./support.ts";

/** Generous: the machine may be doing other things. */
const READY_MS = 240_000;
const ENDED_MS = 20_000;

const state = mkdtempSync(join(tmpdir(), "cxmpute-stack-"));
const base = await freeBase();
const indexer = `http://127.0.0.1:${base + 1}`;
let stack: ChildProcess | undefined;

after(async () => {
  stack?.kill("SIGKILL");
  await allPortsFree();
  const journals = join(ROOT, "deploy/deployments");
  for (const name of readdirSync(journals)) {
    if (name.startsWith(`chain-31337-${basename(state)}`)) rmSync(join(journals, name), { recursive: true });
  }
  rmSync(state, { recursive: true, force: true });
});

/** Starts the stack; `output` is all that it has printed so far. */
function start(...args: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn("node", [join(ROOT, "dev/start.ts"), "--no-live", "--port-base", String(base), ...args], {
    cwd: ROOT,
    env: { ...process.env, CXMPUTE_STATE: state },
    stdio: ["ignore", "pipe", "pipe"],
  });
  stack = child;
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
}

async function ready(child: ChildProcess, output: () => string): Promise<void> {
  await waitFor(
    "The stack",
    () => {
      assert.equal(child.exitCode, null, output());
      return Promise.resolve(output().includes("Ctrl-C stops everything") ? true : undefined);
    },
    READY_MS,
  ).catch((error: unknown) => {
    throw new Error(output(), { cause: error });
  });
}

function allPortsFree(): Promise<true> {
  return waitFor(
    "The end of every process",
    async () => {
      const free = await Promise.all(SERVICES.map((_, index) => isPortFree(base + index)));
      return free.includes(false) ? undefined : true;
    },
    ENDED_MS,
  );
}

interface Rows {
  orders: { totalCount: number };
  fills: { totalCount: number };
}

async function rows(): Promise<Rows> {
  const response = await fetch(`${indexer}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ orders { totalCount } fills { totalCount } }" }),
  });
  return ((await response.json()) as { data: Rows }).data;
}

function deployment(): string {
  return readFileSync(join(state, "deployment.json"), "utf8");
}

let before: { rows: Rows; deployment: string } | undefined;

test("a first start deploys, seeds, indexes, and shows where everything is", async () => {
  const { child, output } = start();
  await ready(child, output);

  before = { rows: await rows(), deployment: deployment() };
  assert.ok(before.rows.orders.totalCount > 200, `${before.rows.orders.totalCount} orders`);
  assert.ok(before.rows.fills.totalCount > 50, `${before.rows.fills.totalCount} fills`);
  for (const shown of [`http://127.0.0.1:${base}`, `${indexer}/graphql`, "orderNFT", "dex:book", "0xac0974bec39a"]) {
    assert.ok(output().includes(shown), `${shown} is not shown`);
  }
});

test("a second stack over the same folder is refused while the first runs", async () => {
  const running = stack;
  const { child, output } = start();
  const [code] = (await once(child, "exit")) as [number];
  stack = running;
  assert.equal(code, 1);
  assert.match(output(), /Another "npm start" runs in this folder/);
});

test("Ctrl-C ends every process, with code 0", async () => {
  assert.ok(stack);
  stack.kill("SIGINT");
  const [code] = (await once(stack, "exit")) as [number];
  assert.equal(code, 0);
  await allPortsFree();
});

test("a taken port stops a start, with its number and service, before anything runs", async () => {
  const squatter = createServer().listen(base + 2, "127.0.0.1");
  await once(squatter, "listening");
  const { child, output } = start();
  const [code] = (await once(child, "exit")) as [number];
  squatter.close();
  assert.equal(code, 1);
  assert.match(output(), new RegExp(`Port ${base + 2} \\(keepers\\) on 127.0.0.1 is taken`));
  assert.equal(await isPortFree(base), true);
});

test("a second start goes on with the same contracts, orders and fills", async () => {
  const { child, output } = start();
  await ready(child, output);
  assert.equal(output().match(/kept from the last start/g)?.length, 2);
  assert.equal(deployment(), before?.deployment);
  const now = await rows();
  assert.equal(now.orders.totalCount, before?.rows.orders.totalCount);
  assert.ok(now.fills.totalCount >= (before?.rows.fills.totalCount ?? Infinity));
});

test("a process that dies is reported with its last lines, and takes the rest down", async () => {
  assert.ok(stack);
  const running = stack;
  let text = "";
  running.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await killListener(base + 2);
  const [code] = (await once(running, "exit")) as [number];
  assert.equal(code, 1);
  assert.match(text, /keepers ended unexpectedly \(signal SIGKILL\)/);
  assert.match(text, / {2}\| \{/);
  await allPortsFree();
});

test("a killed stack leaves nothing running", async () => {
  const { child, output } = start("--no-seed");
  await ready(child, output);
  child.kill("SIGKILL");
  await allPortsFree();
});

/** Kills the process that the keepers' status page names. */
async function killListener(port: number): Promise<void> {
  const log = readFileSync(join(state, "logs/keepers.log"), "utf8");
  const pid = Number(/"pid":(\d+)/.exec(log)?.[1]);
  assert.ok((await fetch(`http://127.0.0.1:${port}/status`)).ok);
  process.kill(pid, "SIGKILL");
}
