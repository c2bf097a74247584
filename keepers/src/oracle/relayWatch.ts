import { getAggregatorRound, getFeedStatus, getSenderFeeds, priceFeedSenderAbi, type SenderFeed } from "@cxmpute/sdk";
import { getAbiItem, type Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";
import { hasReorganised } from "../engine/watch/hasReorganised.ts";
import { logFollower, type LogFollower } from "../engine/watch/logFollower.ts";
import type { Head, Watch } from "../engine/watch/watch.ts";
import type { RelayView } from "./types.ts";

const EVENTS = [getAbiItem({ abi: priceFeedSenderAbi, name: "PricesPushed" })] as const;

/** Blocks before the start in which pushes may still be on their way. */
const LOOK_BACK = 150n;
const RANGES_PER_ROUND = 20;

/** What a relay watch needs. */
export interface RelayWatchOptions {
  /** The chain of the aggregators and the sender: its heads are the watch's. */
  readonly access: ChainAccess;
  readonly sender: Address;
  /** The receiver's chain. */
  readonly receiverAccess: ChainAccess;
  readonly receiver: Address;
  readonly maxLogRange: bigint;
  readonly view: RelayView;
}

/** Reads each feed's aggregator and pushes on one chain, and what the receiver knows on the other. */
export function relayWatch(options: RelayWatchOptions): Watch {
  const { access, sender, receiverAccess, receiver, view } = options;
  /** Fixed for good in the sender. */
  let feeds: readonly SenderFeed[] | undefined;
  let follower: LogFollower<typeof EVENTS> | undefined;
  let last: Head | undefined;

  async function readPushes(head: Head): Promise<void> {
    follower ??= logFollower({
      access,
      address: sender,
      events: EVENTS,
      startBlock: head.number > LOOK_BACK ? head.number - LOOK_BACK : 0n,
      maxRange: options.maxLogRange,
    });
    if (await hasReorganised(access, last, head)) {
      follower.rewind();
      view.pushes.clear();
    }
    for (const { blockNumber, args } of await follower.advance(head.number, RANGES_PER_ROUND)) {
      const { timestamp } = await access.read.getBlock({ blockNumber });
      await Promise.all(args.feedIds.map((id) => notePush(Number(id), blockNumber, timestamp)));
    }
  }

  async function notePush(feedId: number, blockNumber: bigint, observedAt: bigint): Promise<void> {
    const feed = feeds?.find((known) => known.feedId === feedId);
    if (feed === undefined) return;
    const { answer } = await getAggregatorRound(access.read, { aggregator: feed.aggregator, blockNumber });
    view.pushes.set(feedId, { answer, observedAt });
  }

  return {
    async advance(head) {
      feeds ??= await getSenderFeeds(access.read, { priceFeedSender: sender });
      await readPushes(head);
      view.feeds = await Promise.all(
        feeds.map(async (feed) => {
          const [round, status] = await Promise.all([
            getAggregatorRound(access.read, { aggregator: feed.aggregator }),
            getFeedStatus(receiverAccess.read, { priceFeedReceiver: receiver, feedId: feed.feedId }),
          ]);
          return { feed, round, status };
        }),
      );
      view.time = head.timestamp;
      last = head;
    },
    isReady: () => view.time !== 0n,
    lag: (head) => {
      const position = follower?.position() ?? head.number;
      return head.number > position ? head.number - position : 0n;
    },
    view: () => ({ feeds: view.feeds.length, pushesKnown: view.pushes.size }),
  };
}
