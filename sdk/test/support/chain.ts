import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

import {
  type Account,
  type Chain,
  createTestClient,
  createWalletClient,
  http,
  type HttpTransport,
  publicActions,
  type WalletClient,
  walletActions,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { anvil } from "viem/chains";

import { root } from "../../scripts/generated.ts";

const MNEMONIC = "test test test test test test test test test test test junk";

/** The n-th account of the local chain. */
export function testAccount(index: number): Account {
  return mnemonicToAccount(MNEMONIC, { addressIndex: index });
}

/**
 * The chain mines a transaction a moment after it took it. Here sending one ends when it is mined, so that a test never
 * reads the state before it.
 */
function mined(url: string): HttpTransport {
  const transport = http(url);
  return (options) => {
    const connection = transport(options);
    const request: typeof connection.request = async (call) => {
      const result = await connection.request(call);
      if (call.method === "eth_sendRawTransaction" || call.method === "eth_sendTransaction") {
        const receipt = { method: "eth_getTransactionReceipt", params: [result] };
        while ((await connection.request(receipt)) === null) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return result as never;
    };
    return { ...connection, request };
  };
}

function testClient(url: string) {
  return createTestClient({ chain: anvil, mode: "anvil", transport: mined(url), pollingInterval: 20 })
    .extend(publicActions)
    .extend(walletActions);
}

export type TestClient = ReturnType<typeof testClient>;
export type TestWallet = WalletClient<HttpTransport, Chain, Account>;

export interface TestChain {
  readonly url: string;
  readonly client: TestClient;
  /** A wallet that sends as the n-th account. */
  readonly wallet: (index: number) => TestWallet;
  readonly stop: () => Promise<void>;
}

/** Starts a chain of its own that executes London, on a free port of the loopback. */
export async function startChain(): Promise<TestChain> {
  const port = await freePort();
  const binary = join(root, "node_modules/.bin/anvil");
  const args = ["--hardfork", "london", "--host", "127.0.0.1", "--port", String(port), "--silent", "--accounts", "10"];
  const child = spawn(binary, args, { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  const client = testClient(url);
  await answering(client, child);
  return {
    url,
    client,
    wallet: (index) =>
      createWalletClient({ account: testAccount(index), chain: anvil, transport: mined(url), pollingInterval: 20 }),
    stop: () => stop(child),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

async function answering(client: TestClient, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; ++attempt) {
    if (child.exitCode !== null) throw new Error(`The chain ended with ${child.exitCode}.`);
    const isUp = await client.getChainId().then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error("The chain does not answer.");
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
