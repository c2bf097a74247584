import type { AbiEvent, Address, GetLogsReturnType } from "viem";

import type { ChainAccess } from "../chain/access.ts";

/** Blocks that are read again after a reorganisation. */
export const REWIND = 64n;

/** Follows the events of contracts, in ranges that the node is willing to answer. */
export interface LogFollower<E extends readonly AbiEvent[]> {
  /** Reads on towards `head`, at most `ranges` requests; returns what it read. A failed range is read again later. */
  advance(head: bigint, ranges: number): Promise<GetLogsReturnType<undefined, E, true>>;
  /** Goes back `REWIND` blocks. */
  rewind(): void;
  /** The last block that was read. */
  position(): bigint;
}

/** What a follower needs. */
export interface LogFollowerOptions<E extends readonly AbiEvent[]> {
  readonly access: ChainAccess;
  readonly address: Address | readonly Address[];
  readonly events: E;
  readonly startBlock: bigint;
  /** Most blocks in one request; halved when a node refuses. */
  readonly maxRange: bigint;
}

export function logFollower<const E extends readonly AbiEvent[]>(options: LogFollowerOptions<E>): LogFollower<E> {
  const { access, address, events, startBlock, maxRange } = options;
  const first = startBlock > 0n ? startBlock - 1n : -1n;
  let position = first;
  let range = maxRange;

  return {
    async advance(head, ranges) {
      const found: GetLogsReturnType<undefined, E, true> = [];
      for (let i = 0; i < ranges && position < head; i++) {
        const fromBlock = position + 1n;
        const toBlock = fromBlock + range - 1n < head ? fromBlock + range - 1n : head;
        try {
          const logs = await access.read.getLogs({
            address: address as Address | Address[],
            events,
            fromBlock,
            toBlock,
            strict: true,
          });
          found.push(...(logs as unknown as typeof found));
        } catch (error) {
          if (range === 1n || found.length > 0) {
            if (found.length > 0) return found;
            throw error;
          }
          range = range / 2n;
          continue;
        }
        position = toBlock;
        if (range < maxRange) range = range * 2n < maxRange ? range * 2n : maxRange;
      }
      return found;
    },
    rewind() {
      position = position - REWIND > first ? position - REWIND : first;
    },
    position: () => position,
  };
}
