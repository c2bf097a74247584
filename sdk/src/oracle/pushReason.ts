import { answersAgree } from "./answersAgree.ts";
import { PUSH_DEVIATION_BPS, PUSH_INTERVAL } from "./constants.ts";
import { deviatesBy } from "./deviatesBy.ts";
import type { FeedAnswer, PendingAnswer } from "./types.ts";

/**
 * First: there is no price yet. Confirmation: a jump can be confirmed now. Deviation: the price has moved. Age: the last
 * observation is old.
 */
export type PushReason = "First" | "Confirmation" | "Deviation" | "Age";

export interface PushReasonParameters {
  /** The aggregator's answer of now, in the feed's decimals. */
  readonly answer: bigint;
  /** Seconds: the time of the sister chain. */
  readonly timestamp: bigint;
  /** What the receiver has accepted. */
  readonly accepted: FeedAnswer;
  /** What awaits its confirmation there. */
  readonly pending?: PendingAnswer | undefined;
  /** Least seconds that a delivery takes; a confirmation is sent so much earlier. None unless said. */
  readonly deliveryTime?: bigint | undefined;
  /** Basis points; 0.5 % unless said. */
  readonly deviationBps?: bigint | undefined;
  /** Seconds; 20 minutes unless said. */
  readonly interval?: bigint | undefined;
}

/** Why a feed should be pushed now; undefined when it need not be. */
export function pushReason(parameters: PushReasonParameters): PushReason | undefined {
  const { answer, timestamp, accepted, pending } = parameters;
  const { deviationBps = PUSH_DEVIATION_BPS, interval = PUSH_INTERVAL } = parameters;
  if (pending !== undefined) {
    // What disagrees with the jump ends it or begins another. Smaller moves wait: before its time, a push changes nothing.
    if (!answersAgree(pending.answer, answer)) return "Deviation";
    if (canConfirm(parameters, pending)) return "Confirmation";
  } else {
    if (accepted.answer === 0n) return "First";
    if (deviatesBy(accepted.answer, answer, deviationBps)) return "Deviation";
  }
  return timestamp - (pending ?? accepted).observedAt >= interval ? "Age" : undefined;
}

/** One clock is the sister chain's, the other the receiver's. */
function canConfirm({ timestamp, deliveryTime = 0n }: PushReasonParameters, pending: PendingAnswer): boolean {
  return timestamp >= pending.observedFrom && timestamp + deliveryTime >= pending.deliveredFrom;
}
