import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import {
  type Abi,
  type Address,
  type Hex,
  type PrivateKeyAccount,
  type TransactionReceipt,
  createTestClient,
  encodeDeployData,
  http,
  keccak256,
  parseEther,
  publicActions,
  toHex,
  walletActions,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { foundry } from "viem/chains";

import { freePort } from "./freePort.ts";
import { PROJECT_ROOT } from "./paths.ts";

/** First second of the benchmark's chains: fixed, so that every run sends the same calldata. */
export const GENESIS = 1_800_000_000;

const GAS_LIMIT = 28_000_000n;

export type Hardfork = "london" | "cancun";

export interface Transaction {
  from: Address;
  to?: Address;
  data: Hex;
  value?: bigint;
}

/** One EVM of its own. Every transaction is mined alone, so every one starts cold. */
export interface Chain {
  hardfork: Hardfork;
  client: ReturnType<typeof connect>;
  /** Sends from an account with ether; throws when the transaction reverts. */
  send(transaction: Transaction): Promise<TransactionReceipt>;
  deploy(from: Address, contract: { abi: Abi; bytecode: Hex }, args: readonly unknown[]): Promise<Address>;
  /** An account whose key, and so address, follows from its label. */
  account(label: string): Promise<PrivateKeyAccount>;
  stop(): Promise<void>;
}

/** Runs `body` on a fresh chain, which ends with it. */
export async function withChain<T>(hardfork: Hardfork, body: (chain: Chain) => Promise<T>): Promise<T> {
  const chain = await startChain(hardfork, await freePort());
  try {
    return await body(chain);
  } finally {
    await chain.stop();
  }
}

/** Starts anvil with the opcodes and prices of `hardfork` on a port of 127.0.0.1. */
export async function startChain(hardfork: Hardfork, port: number): Promise<Chain> {
  const anvil = spawn(
    join(PROJECT_ROOT, "node_modules", ".bin", "anvil"),
    [
      ...["--hardfork", hardfork, "--host", "127.0.0.1", "--port", String(port), "--timestamp", String(GENESIS)],
      ...["--accounts", "1", "--gas-limit", String(GAS_LIMIT), "--base-fee", "0", "--gas-price", "0"],
      ...["--silent", "--steps-tracing", "--auto-impersonate"],
    ],
    { stdio: "ignore" },
  );
  // A run that dies must not leave its chain behind.
  const kill = () => anvil.kill();
  process.once("exit", kill);
  const client = connect(port);
  try {
    await untilReady(anvil, client);
  } catch (error) {
    kill();
    throw error;
  }

  const send = async (transaction: Transaction): Promise<TransactionReceipt> => {
    const hash = await client.sendTransaction({
      account: transaction.from,
      to: transaction.to ?? null,
      data: transaction.data,
      value: transaction.value ?? 0n,
      gas: GAS_LIMIT,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
    });
    const receipt = await client.waitForTransactionReceipt({ hash, pollingInterval: 5 });
    if (receipt.status !== "success") {
      throw new Error(`transaction to ${transaction.to ?? "a new contract"} reverted: ${await reason(client, hash)}`);
    }
    return receipt;
  };

  return {
    hardfork,
    client,
    send,
    async deploy(from, contract, args) {
      const receipt = await send({ from, data: encodeDeployData({ ...contract, args }) });
      if (!receipt.contractAddress) throw new Error("a deployment left no contract");
      return receipt.contractAddress;
    },
    async account(label) {
      const account = privateKeyToAccount(keccak256(toHex(label)));
      await client.setBalance({ address: account.address, value: parseEther("1000000") });
      return account;
    },
    async stop() {
      process.off("exit", kill);
      if (anvil.exitCode !== null) return;
      kill();
      await once(anvil, "exit");
    },
  };
}

function connect(port: number) {
  return createTestClient({
    mode: "anvil",
    chain: foundry,
    // A trace of a long transaction runs to tens of megabytes, and takes its time on a machine that does other things.
    transport: http(`http://127.0.0.1:${port}`, { maxResponseBodySize: false, timeout: 120_000 }),
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions);
}

async function untilReady(anvil: ChildProcess, client: ReturnType<typeof connect>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (anvil.exitCode !== null) throw new Error(`anvil ended with code ${anvil.exitCode}`);
    try {
      await client.getBlockNumber();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error("anvil did not answer within 10 s");
}

/** The return data of a reverted transaction, for error messages. */
async function reason(client: ReturnType<typeof connect>, hash: Hex): Promise<string> {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- not in viem's list of methods
  const trace = (await client.request({
    method: "debug_traceTransaction" as never,
    params: [hash, { tracer: "callTracer" }] as never,
  })) as { error?: string; output?: string };
  return `${trace.error ?? ""} ${trace.output ?? ""}`;
}
