import assert from "node:assert/strict";
import { after, afterEach, before, test, type TestContext } from "node:test";

import { concat, encodePacked, hexToString, type Hex } from "viem";

import { verifierAbi } from "../../layerzero/abi/verifier.ts";
import { layerZeroAccounts } from "../../layerzero/accounts.ts";
import { commitPacket } from "../../layerzero/commitPacket.ts";
import { deliverPacket } from "../../layerzero/deliverPacket.ts";
import { deployLayerZero } from "../../layerzero/deployLayerZero.ts";
import { EIDS } from "../../layerzero/eids.ts";
import { findWorkers } from "../../layerzero/findWorkers.ts";
import type { Packet } from "../../layerzero/packet.ts";
import { type StartWorkersParameters, startWorkers, type Workers } from "../../layerzero/startWorkers.ts";
import { nextNonce, transact } from "../../layerzero/transact.ts";
import { verifyPacket } from "../../layerzero/verifyPacket.ts";
import { WaitingError } from "../../layerzero/WaitingError.ts";
import { devAccount } from "../../stack/accounts.ts";
import { waitFor } from "../../stack/wait.ts";
import { attempt } from "./support/attempt.ts";
import { countEvents } from "./support/events.ts";
import { MailBox, receiveOptions } from "./support/MailBox.ts";
import { type End, type Pair, startPair } from "./support/startPair.ts";

const TIMEOUT_MS = 20_000;
const { verifiers, executor } = layerZeroAccounts();
const [first, second] = verifiers;

let pair: Pair;
let lines: string[] = [];
let workers: Workers | undefined;
before(async () => {
  pair = await startPair();
});
afterEach(async () => {
  await workers?.stop();
  workers = undefined;
});
after(() => pair?.stop());

async function work(parameters: Partial<StartWorkersParameters> = {}): Promise<void> {
  lines = [];
  const { networks } = pair;
  const onLine = (line: string): void => void lines.push(line);
  workers = await startWorkers({ networks, pollingInterval: 50, retryDelay: 10, onLine, ...parameters });
}

function said(packet: Packet, pattern: RegExp): Promise<string> {
  return waitFor(
    `A line ${pattern}`,
    () => Promise.resolve(lines.find((line) => line.includes(packet.guid) && pattern.test(line))),
    TIMEOUT_MS,
  ).catch((cause: unknown) => {
    throw new Error(lines.join("\n"), { cause });
  });
}

/** Signs a packet as one verifier would. */
async function sign(end: End, verifier: typeof first, packet: Packet): Promise<void> {
  const { client, deployment } = end;
  for (const address of deployment.verifiers) {
    const args = [deployment.receiveLibrary, packet.header, packet.payloadHash, 1n] as const;
    const call = { address, abi: verifierAbi, functionName: "verify", args } as const;
    const isOwner = await client.simulateContract({ ...call, account: verifier.address }).then(
      () => true,
      () => false,
    );
    if (isOwner)
      await transact(client, verifier.privateKey, (envelope) => client.writeContract({ ...envelope, ...call }));
  }
}

test("messages arrive in both directions, once, by the executor", async () => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  await work();
  const there = await ethereum.send("to peaq", EIDS.peaq);
  const back = await peaq.send("to Ethereum", EIDS.ethereum);
  await said(there, /delivered/);
  await said(back, /delivered/);

  assert.equal(await peaq.received(), 1n);
  assert.equal(hexToString(await peaq.lastMessage()), "to peaq");
  assert.equal(await peaq.lastExecutor(), pair.peaq.deployment.executor);
  assert.equal(await ethereum.received(), 1n);
  assert.equal(hexToString(await ethereum.lastMessage()), "to Ethereum");
  assert.deepEqual(await countEvents(pair.peaq, there), { signed: 2, delivered: 1, failed: 0 });
});

test("many messages sent at once arrive, an empty and a long one among them", async () => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  const texts = ["", "x".repeat(2_000), "c", "d", "e"];
  const packets: Packet[] = [];
  for (const text of texts) packets.push(await ethereum.send(text, EIDS.peaq, receiveOptions(3_000_000n)));
  await work();
  for (const packet of packets) await said(packet, /delivered/);
  assert.equal(await peaq.received(), BigInt(texts.length));
});

test("a delivered message cannot be delivered again, not even with both verifiers' new signatures", async () => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  await work();
  const packet = await ethereum.send("once", EIDS.peaq);
  await said(packet, /delivered/);

  await assert.rejects(attempt.deliver(pair.peaq, packet), /LZ_PayloadHashNotFound/);
  await assert.rejects(attempt.commit(pair.peaq, packet), /LZ_ULN_Verifying/);
  for (const verifier of verifiers) await sign(pair.peaq, verifier, packet);
  await assert.rejects(attempt.commit(pair.peaq, packet), /LZ_PathNotVerifiable/);
  assert.equal(await peaq.received(), 1n);
});

test("no step is taken again that an earlier run's transaction has taken meanwhile", async () => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  await work();
  const packet = await ethereum.send("once", EIDS.peaq);
  await said(packet, /delivered/);
  await workers?.stop();

  const [source, destination] = [pair.ethereum, pair.peaq];
  const keys = [first, second, executor].map(({ privateKey }) => privateKey);
  const found = await findWorkers(source, destination, keys);
  const route = { source, destination, ...found, signal: new AbortController().signal };
  const nonces = () => Promise.all(keys.map((key) => nextNonce(destination.client, key)));
  const before = await nonces();
  await assert.rejects(verifyPacket(route, packet, packet.blockNumber + 10n), WaitingError);
  await assert.rejects(commitPacket(route, packet), WaitingError);
  await assert.rejects(deliverPacket(route, packet), WaitingError);
  assert.deepEqual(await nonces(), before);
  assert.equal(await peaq.received(), 1n);
  assert.deepEqual(await countEvents(pair.peaq, packet), { signed: 2, delivered: 1, failed: 0 });
});

test("one verifier is not enough; the second one's signature delivers", async () => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  await work({ keys: [first.privateKey, executor.privateKey] });
  const packet = await ethereum.send("needs two", EIDS.peaq);
  await said(packet, /waits for more verifiers/);
  assert.deepEqual(await countEvents(pair.peaq, packet), { signed: 1, delivered: 0, failed: 0 });
  await assert.rejects(attempt.commit(pair.peaq, packet), /LZ_ULN_Verifying/);
  await assert.rejects(attempt.deliver(pair.peaq, packet), /LZ_InvalidNonce/);
  await workers?.stop();

  await work({ keys: [second.privateKey, executor.privateKey] });
  await said(packet, /delivered/);
  assert.equal(await peaq.received(), 1n);
  assert.deepEqual(await countEvents(pair.peaq, packet), { signed: 2, delivered: 1, failed: 0 });
});

test("a packet of a sender that the receiver does not know is refused", async () => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  const forger = await MailBox.deploy(pair.ethereum);
  await forger.accept(peaq);
  await work();
  const forged = await forger.send("give me everything", EIDS.peaq);
  await said(forged, /waits for its receiver to know its sender/);
  await assert.rejects(attempt.commit(pair.peaq, forged), /LZ_PathNotInitializable/);
  await assert.rejects(attempt.deliver(pair.peaq, forged), /LZ_InvalidNonce/);
  await assert.rejects(peaq.receiveFromStranger(forged), /OnlyEndpoint/);

  const honest = await ethereum.send("hello", EIDS.peaq);
  await said(honest, /delivered/);
  assert.equal(hexToString(await peaq.lastMessage()), "hello");
  assert.equal(await peaq.received(), 1n);
});

test("only its owner signs through a verifier, and what was never sent is not signed by the workers", async () => {
  const [ethereum] = await MailBox.pair(pair.ethereum, pair.peaq);
  const packet = await ethereum.send("the truth", EIDS.peaq);
  const forged = { ...packet, message: "0xbad0" as Hex, payloadHash: packet.guid };
  const [verifier] = pair.peaq.deployment.verifiers;
  await assert.rejects(
    pair.peaq.client.simulateContract({
      account: devAccount(5).address,
      address: verifier,
      abi: verifierAbi,
      functionName: "verify",
      args: [pair.peaq.deployment.receiveLibrary, forged.header, forged.payloadHash, 1n],
    }),
    /NotOwner/,
  );
  await sign(pair.peaq, first, forged);
  await work();
  await said(packet, /delivered/);
  await assert.rejects(attempt.commit(pair.peaq, forged), /LZ_ULN_Verifying/);
});

test("a receiver that fails is tried a few times, does not hold up others, and gets its message after a restart", async () => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  await peaq.setRefuses(true);
  await work({ attempts: 3 });
  const packet = await ethereum.send("again", EIDS.peaq);
  await said(packet, /delivery 1 of 3 failed: error 0x[0-9a-f]{8} of the receiver's own$/);
  await said(packet, /delivery 3 of 3 failed: .*; given up, anybody may still deliver it/);
  assert.deepEqual(await countEvents(pair.peaq, packet), { signed: 2, delivered: 0, failed: 3 });

  await peaq.setRefuses(false);
  const next = await ethereum.send("next", EIDS.peaq);
  await said(next, /delivered/);
  assert.equal(await peaq.received(), 1n);
  await workers?.stop();

  await work();
  await said(packet, /delivered/);
  assert.equal(await peaq.received(), 2n);
  assert.deepEqual(await countEvents(pair.peaq, packet), { signed: 2, delivered: 1, failed: 3 });
});

test("a delivery gets the gas that was paid for and no more", async () => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  await work({ attempts: 1 });
  const packet = await ethereum.send("starved", EIDS.peaq, receiveOptions(60_000n));
  await said(packet, /delivery 1 of 1 failed: no reason given; perhaps out of gas/);
  assert.equal(await peaq.received(), 0n);
});

test("the executor refuses to be paid for what it does not do", async () => {
  const [ethereum] = await MailBox.pair(pair.ethereum, pair.peaq);
  const drop = encodePacked(["uint8", "uint16", "uint8", "uint128", "bytes32"], [1, 49, 2, 1n, `0x${"00".repeat(32)}`]);
  const withValue = encodePacked(["uint16", "uint8", "uint16", "uint8", "uint128", "uint128"], [3, 1, 33, 1, 1n, 1n]);
  await assert.rejects(ethereum.quote("", EIDS.peaq, "0x0003"), /NoReceiveGas/);
  await assert.rejects(ethereum.quote("", EIDS.peaq, concat([receiveOptions(1n), drop])), /UnsupportedOption/);
  await assert.rejects(ethereum.quote("", EIDS.peaq, withValue), /UnsupportedValue/);
});

/** Both directions ask for so many confirmations until the test is over. */
async function askFor(confirmations: number, t: TestContext): Promise<void> {
  const set = async (count: number): Promise<void> => {
    const [a, b] = [EIDS.ethereum, EIDS.peaq];
    await deployLayerZero({ rpcUrl: pair.ethereum.rpcUrl, eid: a, remoteEid: b, confirmations: count });
    await deployLayerZero({ rpcUrl: pair.peaq.rpcUrl, eid: b, remoteEid: a, confirmations: count });
  };
  await set(confirmations);
  t.after(() => set(1));
}

test("verifiers wait for the confirmations that the path asks for", async (t) => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  await askFor(3, t);
  await work();
  const packet = await ethereum.send("patience", EIDS.peaq);
  await said(packet, /waits for 3 confirmations/);
  await pair.ethereum.client.mine({ blocks: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual(await countEvents(pair.peaq, packet), { signed: 0, delivered: 0, failed: 0 });

  await pair.ethereum.client.mine({ blocks: 1 });
  await said(packet, /delivered/);
  assert.equal(await peaq.received(), 1n);
});

test("a packet whose block is gone is forgotten, and the one in its place delivered", async (t) => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  await askFor(2, t);
  await work();
  const id = await pair.ethereum.client.snapshot();
  const gone = await ethereum.send("gone", EIDS.peaq);
  await said(gone, /waits for 2 confirmations/);
  await pair.ethereum.client.revert({ id });
  const stays = await ethereum.send("stays", EIDS.peaq);
  assert.equal(stays.guid, gone.guid);
  await pair.ethereum.client.mine({ blocks: 1 });
  await said(stays, /delivered/);
  assert.equal(hexToString(await peaq.lastMessage()), "stays");
  assert.deepEqual(await countEvents(pair.peaq, stays), { signed: 2, delivered: 1, failed: 0 });
});

test("a chain that does not answer is waited for", async () => {
  const [ethereum, peaq] = await MailBox.pair(pair.ethereum, pair.peaq);
  await work();
  const packet = await ethereum.send("patience", EIDS.peaq);
  await said(packet, /delivered/);
  await pair.peaq.restart();
  const next = await ethereum.send("after the restart", EIDS.peaq);
  await said(next, /delivered/);
  assert.equal(await peaq.received(), 2n);
  assert.deepEqual(await countEvents(pair.peaq, packet), { signed: 2, delivered: 1, failed: 0 });
});

test("intervals and attempts out of bounds are refused", async () => {
  const { networks } = pair;
  await assert.rejects(startWorkers({ networks, pollingInterval: 49 }), RangeError);
  await assert.rejects(startWorkers({ networks, pollingInterval: 60_001 }), RangeError);
  await assert.rejects(startWorkers({ networks, pollingInterval: NaN }), RangeError);
  await assert.rejects(startWorkers({ networks, attempts: 0 }), RangeError);
  await assert.rejects(startWorkers({ networks, retryDelay: -1 }), RangeError);
});
