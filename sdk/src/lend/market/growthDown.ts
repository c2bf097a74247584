import { divDown } from "../../internal/division.ts";
import { SECONDS_PER_YEAR, WAD } from "../constants.ts";

/** By what part a debt grows in `elapsed` seconds at a yearly rate, 1e18, each of its three terms rounded down. */
export function growthDown(rate: bigint, elapsed: bigint): bigint {
  const x = divDown(rate * elapsed, SECONDS_PER_YEAR);
  return x + divDown(x * x, 2n * WAD) + divDown(x * x * x, 6n * WAD * WAD);
}
