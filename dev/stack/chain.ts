import { createRequire } from "node:module";

import { type Address, createTestClient, defineChain, http, publicActions } from "viem";

import { projectCommand } from "./command.ts";
import { CHAIN_STATE, ETHEREUM_STATE } from "./paths.ts";
import type { ProcessSpec } from "./process.ts";
import { waitFor } from "./wait.ts";

export interface LocalChain {
  /** Of its process. */
  process: string;
  /** What it stands for. */
  name: string;
  id: number;
  /** Seconds between blocks when nobody sends anything. A transaction gets its block at once. */
  blockTime: number;
  state: string;
}

export const PEAQ: LocalChain = { process: "chain", name: "peaq", id: 31_337, blockTime: 6, state: CHAIN_STATE };
export const ETHEREUM: LocalChain = {
  process: "ethereum",
  name: "Ethereum",
  id: 31_338,
  blockTime: 12,
  state: ETHEREUM_STATE,
};

/** Seconds between two writes of the whole state to disk; it is also written at the end. */
const STATE_INTERVAL_S = 30;
const READY_TIMEOUT_MS = 15_000;
/** What the package names call this machine's processor. */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", arm64: "arm64" };

/** A client with the local chain's own methods. */
export function chainClient(rpcUrl: string, { id, name } = PEAQ) {
  const nativeCurrency = { name: "Coin", symbol: "COIN", decimals: 18 };
  const chain = defineChain({ id, name, nativeCurrency, rpcUrls: { default: { http: [rpcUrl] } } });
  return createTestClient({ chain, mode: "anvil", transport: http(rpcUrl) }).extend(publicActions);
}
export type ChainClient = ReturnType<typeof chainClient>;

/**
 * The process of a local chain: London rules, state kept in `.cxmpute`. Its first block has the time
 * `genesisTime` (seconds since 1970), which must be the same at every start: anvil makes that block anew each time.
 */
export function chainProcess(port: number, genesisTime: number, state = CHAIN_STATE, chain = PEAQ): ProcessSpec {
  const options = {
    host: "127.0.0.1",
    port,
    hardfork: "london",
    "chain-id": chain.id,
    state,
    "state-interval": STATE_INTERVAL_S,
    "block-time": chain.blockTime,
    timestamp: genesisTime,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return projectCommand(chain.process, anvilBinary(), [...args, "--mixed-mining"]);
}

/** The program itself: its Node.js wrapper ends before the program has written its state. */
function anvilBinary(): string {
  const platform = `${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${platform}/bin/anvil`);
  } catch (cause) {
    throw new Error(`The local chain (anvil) does not exist for ${platform}, or its package was not installed`, {
      cause,
    });
  }
}

export async function waitForChain(client: ChainClient): Promise<void> {
  await waitFor(`The local ${client.chain.name} chain`, () => client.getChainId(), READY_TIMEOUT_MS);
}

/** Sets the clock of a chain that was just taken up, and so runs from its first block's time again, to the present. */
export async function resumeClock(client: ChainClient, genesisTime: number): Promise<void> {
  const { timestamp } = await client.getBlock();
  await client.increaseTime({ seconds: Math.max(clock(), Number(timestamp) + 1) - genesisTime });
}

/** Brings a new chain, whose history may end in the past, to the present. */
export async function catchUpWithClock(client: ChainClient): Promise<void> {
  const timestamp = BigInt(clock());
  if ((await client.getBlock()).timestamp >= timestamp) return;
  await client.setNextBlockTimestamp({ timestamp });
  await client.mine({ blocks: 1 });
}

/** Seconds since 1970. */
export function clock(): number {
  return Math.floor(Date.now() / 1000);
}

/** Whether the chain holds a contract at `address`. */
export async function hasCode(client: ChainClient, address: Address): Promise<boolean> {
  return (await client.getCode({ address })) !== undefined;
}
