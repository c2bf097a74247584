import { EPOCH_SECONDS } from "../constants.ts";

/** Hours of an epoch, numbered from 0. */
export const EPOCH_HOURS = 168;

/** The epoch that a time in seconds is in. */
export function epochAt(timestamp: bigint): bigint {
  return timestamp / EPOCH_SECONDS;
}

/** The first second of an epoch, and the first after it. */
export function epochSpan(epoch: bigint): { readonly start: bigint; readonly end: bigint } {
  return { start: epoch * EPOCH_SECONDS, end: (epoch + 1n) * EPOCH_SECONDS };
}

/** The hour of its epoch, 0 to 167, that a time in seconds is in. */
export function hourOfEpoch(timestamp: bigint): number {
  return Number((timestamp % EPOCH_SECONDS) / 3_600n);
}
