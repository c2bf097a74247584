import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";

import { createTestClient, http, publicActions, walletActions, type Hex } from "viem";
import { mnemonicToAccount, type HDAccount } from "viem/accounts";
import { foundry } from "viem/chains";

/** Ports that these tests use. */
const FIRST_PORT = 8690;
const LAST_PORT = 8709;

/** A free port, from `FIRST_PORT` on unless all are taken. */
export async function freePort(): Promise<number> {
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) if (await isFree(port)) return port;
  throw new Error(`no free port from ${FIRST_PORT} to ${LAST_PORT}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

const binary = fileURLToPath(new URL("../../../node_modules/.bin/anvil", import.meta.url));

/** A local chain that executes London. */
export interface TestChain {
  readonly url: string;
  readonly client: ReturnType<typeof clientOf>;
  stop(): Promise<void>;
}

const clientOf = (url: string) =>
  createTestClient({ mode: "anvil", chain: foundry, transport: http(url), cacheTime: 0, pollingInterval: 20 })
    .extend(publicActions)
    .extend(walletActions);

/** Accounts with 10,000 coin each. */
export function testAccount(index: number): HDAccount {
  return mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex: index });
}

/** The private key of a test account. */
export function testKey(index: number): Hex {
  const key = testAccount(index).getHdKey().privateKey;
  if (key === null) throw new Error("no key");
  return `0x${Buffer.from(key).toString("hex")}`;
}

export async function startChain(): Promise<TestChain> {
  const port = await freePort();
  const child = spawn(binary, ["--hardfork", "london", "--port", String(port), "--silent"], { stdio: "ignore" });
  // The package's launcher hands SIGTERM on to the node that it starts, and cannot hand on SIGKILL.
  const end = (): void => void child.kill("SIGTERM");
  process.once("exit", end);
  const url = `http://127.0.0.1:${port}`;
  const client = clientOf(url);
  for (let i = 0; ; i++) {
    try {
      await client.getChainId();
      break;
    } catch (error) {
      if (i === 200) throw error;
      await sleep(50);
    }
  }
  return {
    url,
    client,
    stop() {
      process.off("exit", end);
      return stopProcess(child, "SIGTERM");
    },
  };
}

/** Ends a process and waits for it. */
export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}
