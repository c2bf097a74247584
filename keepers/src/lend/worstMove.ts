import { type LendMarketView, WAD } from "@cxmpute/sdk";

type Priced = Pick<LendMarketView, "quote" | "lastPrice" | "thresholdBps">;

/**
 * The least that any account's health can have become, as a part of what it was, when the markets changed from `before`
 * to `after`: 1e18, rounded down, at most 1. Health in favour counts collateral at high and debt at low, so it cannot
 * have fallen by more than the worst fall of a high and the worst rise of a low together.
 * @returns zero when nothing can be said: a market is new, or has or had no price, or counts for less
 */
export function worstMove(before: readonly Priced[], after: readonly Priced[]): bigint {
  if (before.length !== after.length) return 0n;
  let fall = WAD;
  let rise = WAD;
  for (const [id, { quote: now, lastPrice, thresholdBps }] of after.entries()) {
    const known = before[id];
    if (known === undefined || thresholdBps < known.thresholdBps) return 0n;
    const then = known.quote;
    if (then.quality !== now.quality || then.liquidatableFrom !== now.liquidatableFrom) return 0n;
    if (lastPrice !== known.lastPrice) return 0n;
    // Without a price before and now, nothing was and nothing is counted.
    if (then.low === 0n && now.low === 0n) continue;
    if (then.low === 0n || then.high === 0n || now.low === 0n) return 0n;
    const collateral = (now.high * WAD) / then.high;
    const debt = (now.low * WAD + then.low - 1n) / then.low;
    if (collateral < fall) fall = collateral;
    if (debt > rise) rise = debt;
  }
  return (fall * WAD) / rise;
}
