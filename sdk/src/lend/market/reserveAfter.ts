import { divDown } from "../../internal/division.ts";
import { BPS, MAX_RESERVE } from "../constants.ts";
import type { LendMarket } from "../types.ts";
import { totalDebtDown } from "./totalDebtDown.ts";

/** The reserve once interest has brought the index to `debtIndex`: it takes its part of the interest, rounded down. */
export function reserveAfter(market: LendMarket, reserveFactorBps: bigint, debtIndex: bigint): bigint {
  const interest = totalDebtDown({ ...market, debtIndex }) - totalDebtDown(market);
  const reserve = market.reserve + divDown(interest * reserveFactorBps, BPS);
  return reserve < MAX_RESERVE ? reserve : MAX_RESERVE;
}
