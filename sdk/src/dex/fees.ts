import { MILLION } from "./constants.ts";

/** `rate` millionths of `amount`, rounded down, as the contract takes a fee from one order's fill. */
export function feeOf(amount: bigint, rate: bigint): bigint {
  return (amount * rate) / MILLION;
}

/** The taker fee after a discount, both in millionths; a discount of a million or more leaves nothing. */
export function discountedFee(takerFee: bigint, discount: bigint): bigint {
  return discount < MILLION ? (takerFee * (MILLION - discount)) / MILLION : 0n;
}
