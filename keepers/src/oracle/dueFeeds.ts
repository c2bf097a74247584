import { deviatesBy, pushReason, roundRefusal } from "@cxmpute/sdk";

import type { FeedView, RelayView } from "./types.ts";

/** When a feed is pushed. */
export interface PushPolicy {
  readonly deviationBps: bigint;
  /** Seconds since the last observation. */
  readonly interval: bigint;
  /** Seconds that a push may be on its way. */
  readonly delivery: bigint;
}

/** A feed that should be pushed; `refusal` says why the sender would not. */
export interface DueFeed {
  readonly feedId: number;
  readonly refusal: string | undefined;
}

/** The feeds whose price should be pushed now, by the rules of docs/oracle.md; lowest id first. */
export function dueFeeds(view: RelayView, policy: PushPolicy): DueFeed[] {
  return view.feeds
    .filter((feed) => isDue(view, feed, policy))
    .map(({ feed, round }) => ({ feedId: feed.feedId, refusal: roundRefusal({ round, feed, timestamp: view.time }) }))
    .sort((a, b) => a.feedId - b.feedId);
}

function isDue({ pushes, time }: RelayView, { feed, round, status }: FeedView, policy: PushPolicy): boolean {
  const { accepted, pending } = status;
  const push = pushes.get(feed.feedId);
  const seenAt = (pending ?? accepted).observedAt;
  // What is on its way counts as arrived, until it is late.
  if (push !== undefined && push.observedAt > seenAt && time - push.observedAt < policy.delivery) {
    return deviatesBy(push.answer, round.answer, policy.deviationBps);
  }
  const { deviationBps, interval } = policy;
  return pushReason({ answer: round.answer, timestamp: time, accepted, pending, deviationBps, interval }) !== undefined;
}
