import { divDown } from "../../internal/division.ts";
import { BPS, MAX_LIQUIDATION_BONUS, WAD } from "../constants.ts";

/** Bonus of a liquidation for a collateral's threshold: min(10 %, 1 / (0.3 t + 0.7) − 1), 1e18, rounded down. */
export function liquidationBonus(thresholdBps: bigint): bigint {
  const divisor = divDown(3n * thresholdBps * (WAD / BPS), 10n) + 7n * 10n ** 17n;
  const bonus = divDown(WAD * WAD, divisor) - WAD;
  return bonus < MAX_LIQUIDATION_BONUS ? bonus : MAX_LIQUIDATION_BONUS;
}
