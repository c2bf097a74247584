import { divDown } from "../internal/division.ts";

/** Seconds that an update stays valid: the heartbeat and a tenth, rounded down. */
export function maxAgeOf(heartbeat: bigint): bigint {
  return divDown(heartbeat * 11n, 10n);
}
