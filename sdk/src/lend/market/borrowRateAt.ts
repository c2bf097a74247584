import { divDown } from "../../internal/division.ts";
import { BPS, WAD } from "../constants.ts";
import type { RateModel } from "../types.ts";

const BPS_IN_WAD = WAD / BPS;

/** What borrowing costs a year at a utilisation, both 1e18, rounded down. */
export function borrowRateAt({ baseBps, slope1Bps, slope2Bps, kinkBps }: RateModel, utilisation: bigint): bigint {
  const base = baseBps * BPS_IN_WAD;
  const kink = kinkBps * BPS_IN_WAD;
  if (utilisation <= kink) return base + divDown(slope1Bps * utilisation, kinkBps);
  return base + slope1Bps * BPS_IN_WAD + divDown(slope2Bps * (utilisation - kink), BPS - kinkBps);
}
