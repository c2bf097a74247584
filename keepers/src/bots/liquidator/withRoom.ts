import type { PlannedPair } from "./types.ts";

/** A debt grows until the call lands: a thousandth more may be repaid. */
const ROOM = 1000n;

/** The most units to repay when `repaid` is what it comes to now: a thousandth and a unit more, within the limit. */
export function withRoom({ repaid, limit }: Pick<PlannedPair, "repaid" | "limit">): bigint {
  const wanted = repaid + repaid / ROOM + 1n;
  return wanted < limit ? wanted : limit;
}
