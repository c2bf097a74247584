import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { parseEther } from "viem";

import { roleAccount } from "../stack/roles.ts";
import {
  catchUpWithClock,
  chainClient,
  type ChainClient,
  chainProcess,
  clock,
  resumeClock,
  waitForChain,
} from "../stack/chain.ts";
import type { ManagedProcess } from "../stack/process.ts";
import { startProcess } from "../stack/process.ts";
import { freeBase } from "./support.ts";

const DAY_S = 86_400;
const folder = mkdtempSync(join(tmpdir(), "cxmpute-chain-"));
const state = join(folder, "chain");
mkdirSync(state);
const genesisTime = clock() - DAY_S;
const receiver = "0x00000000000000000000000000000000000000AA";

const port = await freeBase();
const client: ChainClient = chainClient(`http://127.0.0.1:${port}`);
let chain: ManagedProcess | undefined;
after(() => chain?.stop(5_000));

async function startChain(): Promise<void> {
  chain = await startProcess({ ...chainProcess(port, genesisTime, state), logFile: join(folder, "chain.log") });
  await waitForChain(client);
}

async function send(): Promise<void> {
  const { address } = roleAccount("you");
  const hash = await client.request({
    method: "eth_sendTransaction",
    params: [{ from: address, to: receiver, value: "0xde0b6b3a7640000" }],
  } as never);
  await client.waitForTransactionReceipt({ hash, pollingInterval: 50 });
}

test("a new chain begins at its first block's time, funds the known accounts, and mines at once", async () => {
  await startChain();
  assert.equal((await client.getBlock({ blockNumber: 0n })).timestamp, BigInt(genesisTime));
  assert.equal(await client.getBalance({ address: roleAccount("guardian").address }), parseEther("10000"));
  await send();
  assert.equal(await client.getBalance({ address: receiver }), parseEther("1"));
});

test("a chain is brought from its history to the present", async () => {
  await catchUpWithClock(client);
  const { timestamp } = await client.getBlock();
  assert.ok(Math.abs(Number(timestamp) - clock()) <= 2, `the chain is at ${timestamp}`);
});

test("a chain that was stopped goes on with the same blocks, balances and first block, in the present", async () => {
  const genesis = await client.getBlock({ blockNumber: 0n });
  const head = await client.getBlock();
  await chain?.stop(5_000);
  await startChain();

  assert.equal((await client.getBlock({ blockNumber: 0n })).hash, genesis.hash);
  assert.equal((await client.getBlock({ blockNumber: head.number })).hash, head.hash);
  assert.equal(await client.getBalance({ address: receiver }), parseEther("1"));

  await resumeClock(client, genesisTime);
  await send();
  const { timestamp } = await client.getBlock();
  assert.ok(timestamp > head.timestamp, "time went backwards");
  assert.ok(Math.abs(Number(timestamp) - clock()) <= 2, `the chain is at ${timestamp}`);
});

test("a chain that ran ahead of the clock goes on after its last block", async () => {
  await client.increaseTime({ seconds: DAY_S });
  await client.mine({ blocks: 1 });
  const ahead = (await client.getBlock()).timestamp;
  await chain?.stop(5_000);
  await startChain();

  await resumeClock(client, genesisTime);
  await send();
  const { timestamp } = await client.getBlock();
  assert.ok(timestamp > ahead && timestamp <= ahead + 5n, `${timestamp} after ${ahead}`);
});
