import { divDown } from "../../internal/division.ts";
import { NO_DEBT_HEALTH, WAD } from "../constants.ts";

/** cover / debt, 1e18, rounded down; 2^256 − 1 without debt. */
export function healthDown(cover: bigint, debt: bigint): bigint {
  return debt === 0n ? NO_DEBT_HEALTH : divDown(cover * WAD, debt);
}
