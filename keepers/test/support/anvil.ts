import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";

import { createTestClient, http, publicActions, walletActions, type Hex } from "viem";
import { mnemonicToAccount, type HDAccount } from "viem/accounts";
import { foundry } from "viem/chains";

/** A port that the system gives to nobody else for a while: tests of several checkouts may run side by side. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
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
    // Whoever answers on the port of a chain that has ended is another's.
    if (child.exitCode !== null) throw new Error(`the chain ended with ${child.exitCode}`);
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
