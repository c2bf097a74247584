import { divDown } from "../../internal/division.ts";
import { BPS, WAD } from "../constants.ts";
import type { RateModel } from "../types.ts";

const BPS_IN_WAD = WAD / BPS;

/** What borrowing costs a year at a utilisation, both 1e18, rounded down; nothing while the pool has no curve. */
export function borrowRateAt({ baseBps, slope1Bps, slope2Bps, kinkBps }: RateModel, utilisation: bigint): bigint {
  if (kinkBps === 0n) return 0n;
  const base = baseBps * BPS_IN_WAD;
  const kink = kinkBps * BPS_IN_WAD;
  if (utilisation <= kink) return base + divDown(slope1Bps * utilisation, kinkBps);
  return base + slope1Bps * BPS_IN_WAD + divDown(slope2Bps * (utilisation - kink), BPS - kinkBps);
}
