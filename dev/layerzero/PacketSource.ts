import { BlockNotFoundError, type Hash } from "viem";

import { endpointAbi } from "./abi/endpoint.ts";
import type { Client } from "./connect.ts";
import type { LayerZeroDeployment } from "./deployment.ts";
import { decodePacket, type Packet } from "./packet.ts";

/** What a chain sent since the last reading. */
export interface Reading {
  /** Number of the chain's last block. */
  head: bigint;
  packets: Packet[];
  /** Whether blocks that were read before are gone: then `packets` are all that there are, from the beginning. */
  isFromStart: boolean;
}

/** Blocks asked for at once. */
const CHUNK = 10_000n;

/** Reads the packets that one chain sends to another, from its first block on. */
export class PacketSource {
  readonly #client: Client;
  readonly #deployment: LayerZeroDeployment;
  readonly #remoteEid: number;
  #last: { number: bigint; hash: Hash } | undefined;

  constructor(client: Client, deployment: LayerZeroDeployment, remoteEid: number) {
    this.#client = client;
    this.#deployment = deployment;
    this.#remoteEid = remoteEid;
  }

  async read(): Promise<Reading> {
    const head = await this.#client.getBlock();
    const last = this.#last;
    const isFromStart = last === undefined || (await this.#hashOf(last.number)) !== last.hash;
    const packets: Packet[] = [];
    for (let from = isFromStart ? 0n : last.number + 1n; from <= head.number; from += CHUNK) {
      const to = from + CHUNK - 1n < head.number ? from + CHUNK - 1n : head.number;
      packets.push(...(await this.#between(from, to)));
    }
    this.#last = head;
    return { head: head.number, packets, isFromStart };
  }

  async #between(fromBlock: bigint, toBlock: bigint): Promise<Packet[]> {
    const { endpoint, sendLibrary } = this.#deployment;
    const events = await this.#client.getContractEvents({
      address: endpoint,
      abi: endpointAbi,
      eventName: "PacketSent",
      fromBlock,
      toBlock,
      strict: true,
    });
    return events
      .map(({ args, blockNumber, blockHash }) =>
        decodePacket(args.encodedPayload, {
          options: args.options,
          sendLibrary: args.sendLibrary,
          blockNumber,
          blockHash,
        }),
      )
      .filter((packet) => packet.dstEid === this.#remoteEid && packet.sendLibrary === sendLibrary);
  }

  async #hashOf(blockNumber: bigint): Promise<Hash | undefined> {
    try {
      return (await this.#client.getBlock({ blockNumber })).hash;
    } catch (error) {
      if (error instanceof BlockNotFoundError) return undefined;
      throw error;
    }
  }
}
