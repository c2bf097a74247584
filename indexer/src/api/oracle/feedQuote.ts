import type { oracleFeed } from "ponder:schema";

export type FeedRow = typeof oracleFeed.$inferSelect;

/** Seconds that a price stays fresh after its observation. */
const MAX_OBSERVATION_AGE = 1_800n;
const WAD_DECIMALS = 18;

export interface FeedQuote {
  readonly low: bigint;
  readonly high: bigint;
  readonly isPending: boolean;
}

/** The last second at which a feed's accepted answer is fresh; zero before the first. */
export function freshUntil(row: Pick<FeedRow, "answer" | "observedAt" | "updatedAt" | "heartbeat">): bigint {
  if (row.answer === 0n) return 0n;
  const observed = row.observedAt + MAX_OBSERVATION_AGE;
  // The heartbeat and a tenth, rounded down.
  const updated = row.updatedAt + (BigInt(row.heartbeat) * 11n) / 10n;
  return updated < observed ? updated : observed;
}

/** What a feed says at a time, 1e18 USD: the lower price rounded down, the higher up. Undefined when it is stale. */
export function quoteFeed(row: FeedRow, at: bigint): FeedQuote | undefined {
  const other = row.pendingAnswer ?? row.answer;
  const [lower, higher] = other < row.answer ? [other, row.answer] : [row.answer, other];
  const low = toWad(lower, row.decimals, 0n);
  if (at > freshUntil(row) || low === 0n) return undefined;
  const high = toWad(higher, row.decimals, 10n ** BigInt(Math.max(row.decimals - WAD_DECIMALS, 0)) - 1n);
  return { low, high, isPending: row.pendingAnswer !== null };
}

/** `bump` is added before a division: nothing rounds down, the divisor less one rounds up. */
function toWad(answer: bigint, decimals: number, bump: bigint): bigint {
  return decimals <= WAD_DECIMALS
    ? answer * 10n ** BigInt(WAD_DECIMALS - decimals)
    : (answer + bump) / 10n ** BigInt(decimals - WAD_DECIMALS);
}
