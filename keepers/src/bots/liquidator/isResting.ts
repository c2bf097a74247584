import { LIQUIDATION_GRACE, type LendMarketView } from "@cxmpute/sdk";

/** A call lands in the next block, which is so many seconds later. */
const LANDING = 6n;

/**
 * Whether a call that is sent at `time` (seconds) would find a pool in the grace after a pause. While the pause lasts
 * liquidations run, so only the last block's before its end are held back.
 */
export function isResting({ pausedUntil }: Pick<LendMarketView, "pausedUntil">, time: bigint): boolean {
  return time + LANDING >= pausedUntil && time < pausedUntil + LIQUIDATION_GRACE;
}
