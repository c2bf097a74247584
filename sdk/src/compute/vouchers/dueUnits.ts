import { divUp } from "../../internal/division.ts";
import { VALUE_PER_UNIT } from "../constants.ts";

/**
 * What a voucher still has to be paid, in units of USDC: its whole value rounded up once, less what was paid before.
 * Zero for a voucher below what was paid.
 */
export function dueUnits(parameters: {
  /** 1e-12 USD. */
  readonly valueAggregate: bigint;
  /** Units of USDC. */
  readonly collected: bigint;
}): bigint {
  const due = divUp(parameters.valueAggregate, VALUE_PER_UNIT) - parameters.collected;
  return due > 0n ? due : 0n;
}
