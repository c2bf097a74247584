import { createRequire } from "node:module";

import {
  type Address,
  type Hex,
  keccak256,
  parseEventLogs,
  sliceHex,
  type TransactionReceipt,
  zeroAddress,
} from "viem";

import { type Artifact, type Contract, type TestChain } from "./testChain.ts";

const require = createRequire(import.meta.url);

/** LayerZero's own artifact. */
function artifactOf(path: string): Artifact {
  return require(`@layerzerolabs/lz-evm-sdk-v2/artifacts/contracts/${path}`) as Artifact;
}

export const ULN = 2;
const HEADER_SIZE = 81;

export interface LayerZero {
  chain: TestChain;
  eid: number;
  endpoint: Contract;
  sendLibrary: Contract;
  receiveLibrary: Contract;
}

export interface Packet {
  header: Hex;
  guid: Hex;
  message: Hex;
  payloadHash: Hex;
  origin: { srcEid: number; sender: Hex; nonce: bigint };
}

/** Endpoint and message libraries as LayerZero deploys them, with one verifier as the default of every path. */
export async function deployLayerZero(
  chain: TestChain,
  eid: number,
  remoteEid: number,
  defaults: { dvn: Address; executor: Address },
): Promise<LayerZero> {
  const [owner] = chain.accounts;
  const endpoint = await chain.deploy(artifactOf("EndpointV2.sol/EndpointV2.json"), [eid, owner]);
  const sendLibrary = await chain.deploy(artifactOf("uln/uln302/SendUln302.sol/SendUln302.json"), [
    endpoint.address,
    100_000n,
    0n,
  ]);
  const receiveLibrary = await chain.deploy(artifactOf("uln/uln302/ReceiveUln302.sol/ReceiveUln302.json"), [
    endpoint.address,
  ]);
  const treasury = await chain.deploy(artifactOf("Treasury.sol/Treasury.json"), []);
  const config = ulnConfig([defaults.dvn]);
  await chain.send(sendLibrary, "setTreasury", [treasury.address]);
  await chain.send(sendLibrary, "setDefaultUlnConfigs", [[{ eid: remoteEid, config }]]);
  await chain.send(receiveLibrary, "setDefaultUlnConfigs", [[{ eid: remoteEid, config }]]);
  const executor = { maxMessageSize: 10_000, executor: defaults.executor };
  await chain.send(sendLibrary, "setDefaultExecutorConfigs", [[{ eid: remoteEid, config: executor }]]);
  await chain.send(endpoint, "registerLibrary", [sendLibrary.address]);
  await chain.send(endpoint, "registerLibrary", [receiveLibrary.address]);
  await chain.send(endpoint, "setDefaultSendLibrary", [remoteEid, sendLibrary.address]);
  await chain.send(endpoint, "setDefaultReceiveLibrary", [remoteEid, receiveLibrary.address, 0n]);
  return { chain, eid, endpoint, sendLibrary, receiveLibrary };
}

/** What the message libraries take. No optional verifier, whatever the default. */
export function ulnConfig(requiredDVNs: Address[]): Record<string, unknown> {
  return {
    confirmations: 15n,
    requiredDVNCount: requiredDVNs.length,
    optionalDVNCount: 0,
    optionalDVNThreshold: 0,
    requiredDVNs,
    optionalDVNs: [],
  };
}

/** The packet that a transaction sent. */
export function packetOf(from: LayerZero, receipt: TransactionReceipt): Packet {
  const [sent] = parseEventLogs({ abi: from.endpoint.abi, eventName: "PacketSent", logs: receipt.logs });
  const { encodedPayload } = sent!.args as unknown as { encodedPayload: Hex };
  return parsePacket(encodedPayload);
}

/** Version 1 | nonce 8 | source 4 | sender 32 | destination 4 | receiver 32, then guid 32 and the message. */
export function parsePacket(encoded: Hex): Packet {
  const header = sliceHex(encoded, 0, HEADER_SIZE);
  return {
    header,
    guid: sliceHex(encoded, HEADER_SIZE, HEADER_SIZE + 32),
    message: sliceHex(encoded, HEADER_SIZE + 32),
    payloadHash: keccak256(sliceHex(encoded, HEADER_SIZE)),
    origin: {
      nonce: BigInt(sliceHex(encoded, 1, 9)),
      srcEid: Number(sliceHex(encoded, 9, 13)),
      sender: sliceHex(encoded, 13, 45),
    },
  };
}

/** A verifier's signature under a packet. */
export async function verify(to: LayerZero, packet: Packet, dvn: Address): Promise<void> {
  await to.chain.send(to.receiveLibrary, "verify", [packet.header, packet.payloadHash, 15n], { from: dvn });
}

/** All that is needed before a packet can be delivered. */
export async function commit(to: LayerZero, packet: Packet, dvns: readonly Address[]): Promise<void> {
  for (const dvn of dvns) await verify(to, packet, dvn);
  await to.chain.send(to.receiveLibrary, "commitVerification", [packet.header, packet.payloadHash]);
}

export function deliver(to: LayerZero, packet: Packet, receiver: Address): Promise<TransactionReceipt> {
  const { origin, guid, message } = packet;
  return to.chain.send(to.endpoint, "lzReceive", [origin, receiver, guid, message, "0x"]);
}

export const NOBODY = zeroAddress;
