import { feedPriceDown, feedPriceUp, freshUntil, maxAgeOf } from "@cxmpute/sdk";
import type { oracleFeed } from "ponder:schema";

export type FeedRow = typeof oracleFeed.$inferSelect;

export interface FeedQuote {
  readonly low: bigint;
  readonly high: bigint;
  readonly isPending: boolean;
}

/** The last second at which a feed's accepted answer is fresh; zero before the first. */
export function feedFreshUntil({ answer, updatedAt, observedAt, heartbeat }: FeedRow): bigint {
  return freshUntil({ answer, updatedAt, observedAt }, maxAgeOf(BigInt(heartbeat)));
}

/** What a feed says at a time, 1e18 USD: the lower price rounded down, the higher up. Undefined when it is stale. */
export function quoteFeed(row: FeedRow, at: bigint): FeedQuote | undefined {
  const other = row.pendingAnswer ?? row.answer;
  const [lower, higher] = other < row.answer ? [other, row.answer] : [row.answer, other];
  const low = feedPriceDown(lower, row.decimals);
  if (at > feedFreshUntil(row) || low === 0n) return undefined;
  return { low, high: feedPriceUp(higher, row.decimals), isPending: row.pendingAnswer !== null };
}
