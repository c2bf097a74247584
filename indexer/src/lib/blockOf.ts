import { LOGS_PER_BLOCK } from "./seq.ts";

/** The block of the log that has this place in the chain's history. */
export function blockOf(seq: bigint): bigint {
  return seq / LOGS_PER_BLOCK;
}
