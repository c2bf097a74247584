import { MILLION } from "../../dex/constants.ts";
import { divUp } from "../../internal/division.ts";

/** What a flash loan of `assets` costs at `rate` millionths, rounded up. */
export function flashFeeUp(assets: bigint, rate: bigint): bigint {
  return divUp(assets * rate, MILLION);
}
