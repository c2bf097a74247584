import { divUp } from "../../internal/division.ts";
import { WAD } from "../constants.ts";

/** Which part of what was supplied is lent, 1e18, rounded up. */
export function utilisationUp(cash: bigint, debt: bigint): bigint {
  return debt === 0n ? 0n : divUp(debt * WAD, cash + debt);
}
