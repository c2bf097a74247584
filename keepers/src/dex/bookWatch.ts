import { hasFlag, OrderFlags } from "@cxmpute/sdk";
import { parseAbi, type Address } from "viem";
import type { Logger } from "pino";

import type { ChainAccess } from "../engine/chain/access.ts";
import { isRevert } from "../engine/chain/isRevert.ts";
import type { Metrics } from "../engine/observe/metrics.ts";
import type { IndexerClient } from "../engine/watch/indexerClient.ts";
import { hasReorganised } from "../engine/watch/hasReorganised.ts";
import { logFollower, REWIND } from "../engine/watch/logFollower.ts";
import type { Head, Watch } from "../engine/watch/watch.ts";
import type { BookView } from "./bookView.ts";
import { openOrderIds } from "./openOrderIds.ts";
import { readOrders } from "./readOrders.ts";

const EVENTS = parseAbi([
  "event OrderCreated(uint256 indexed id, address indexed sellToken, address indexed buyToken, uint256 sellAmount, uint80 price, uint256 terms)",
  "event OrderFilled(uint256 indexed id, address indexed recipient, uint256 sold, uint256 paid, uint256 fee)",
  "event OrderAmended(uint256 indexed id, uint256 remaining, uint80 price)",
  "event EpochRaised(address indexed maker, uint256 epoch)",
  "event Transfer(address indexed from, address indexed to, uint256 indexed id)",
]);

/** Log requests in one round: a first scan of a long chain goes on over many rounds, and sending is not held up. */
const RANGES_PER_ROUND = 20;

/** What a book watch needs. */
export interface BookWatchOptions {
  readonly access: ChainAccess;
  readonly book: Address;
  readonly lens: Address;
  /** Who fills: private orders of others are not fillable to it. */
  readonly taker: Address;
  readonly startBlock: bigint;
  readonly maxLogRange: bigint;
  /** Milliseconds between full reads of every known order. */
  readonly sweepMs: number;
  readonly indexer: IndexerClient | undefined;
  readonly view: BookView;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: () => number;
}

/**
 * Learns of orders from the chain's events and, sooner after a start, from indexers; reads every changed order from the
 * chain, and all of them in a full sweep from time to time. Works the same with every indexer dead.
 */
export function bookWatch(options: BookWatchOptions): Watch {
  const { access, view, metrics, log, now, indexer } = options;
  const follower = logFollower({
    access,
    address: options.book,
    events: EVENTS,
    startBlock: options.startBlock,
    maxRange: options.maxLogRange,
  });
  const dirty = new Set<bigint>();
  /** Orders that ended, with the block at which that was seen: a reorganisation may bring them back. */
  const ended = new Map<bigint, bigint>();
  let last: Head | undefined;
  let sweepDue = 0;
  let asking = false;
  let scanned = false;
  let hinted = false;

  /** In the background: a dead indexer must not hold the round up. */
  function askIndexer(): void {
    if (indexer === undefined || asking) return;
    asking = true;
    openOrderIds(indexer)
      .then((ids) => {
        for (const id of ids) if (view.get(id) === undefined && !ended.has(id)) dirty.add(id);
        hinted = true;
      })
      .catch((error: unknown) => {
        log.warn(
          { reason: error instanceof Error ? error.message : String(error) },
          "no indexer answers: the chain alone",
        );
      })
      .finally(() => {
        asking = false;
      });
  }

  async function followReorganisation(head: Head): Promise<void> {
    if (!(await hasReorganised(access, last, head))) return;
    log.warn({ block: last?.number }, "the chain was reorganised: reading again");
    follower.rewind();
    for (const id of ended.keys()) dirty.add(id);
    sweepDue = 0;
  }

  async function readEvents(head: Head): Promise<void> {
    for (const event of await follower.advance(head.number, RANGES_PER_ROUND)) {
      if (event.eventName === "EpochRaised") {
        const { maker } = event.args;
        for (const order of view.all()) if (order.maker === maker) dirty.add(order.id);
      } else {
        dirty.add(event.args.id);
      }
    }
    if (follower.position() >= head.number) scanned = true;
  }

  function addDueReads(head: Head): void {
    const isNewBlock = last?.hash !== head.hash;
    if (now() >= sweepDue) {
      sweepDue = now() + options.sweepMs;
      for (const order of view.all()) dirty.add(order.id);
      askIndexer();
    } else if (isNewBlock) {
      // What is released over time changes without an event.
      for (const { id, terms } of view.all()) if (hasFlag(terms, OrderFlags.RELEASED)) dirty.add(id);
    }
  }

  async function readDirty(head: Head): Promise<void> {
    const ids = [...dirty];
    if (ids.length === 0) return;
    for (const [id, order] of await readOrders(access, options.lens, options.taker, ids)) {
      dirty.delete(id);
      if (order === undefined) {
        view.remove(id);
        ended.set(id, head.number);
      } else {
        ended.delete(id);
        view.put(order);
      }
    }
    for (const [id, block] of ended) if (block + REWIND < head.number) ended.delete(id);
  }

  return {
    async advance(head) {
      view.setTime(head.timestamp);
      try {
        await followReorganisation(head);
        addDueReads(head);
        await readEvents(head);
        await readDirty(head);
        last = head;
      } catch (error) {
        if (isRevert(error))
          log.error({ lens: options.lens }, "the lens reverts: is the deployment file of this chain?");
        throw error;
      }
      metrics.liveOrders.set(view.size());
    },
    isReady: () => (scanned || hinted) && dirty.size === 0,
    lag: (head) => (head.number > follower.position() ? head.number - follower.position() : 0n),
    view: () => ({
      orders: view.size(),
      scannedTo: follower.position().toString(),
      scanned,
      hinted,
    }),
  };
}
