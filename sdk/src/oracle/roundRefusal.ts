import type { AggregatorRound, SenderFeed } from "./types.ts";

/** Why the sender would refuse to push a round, by the name of its error. */
export type RoundRefusal =
  "InvalidAnswer" | "AnswerOutOfBounds" | "IncompleteRound" | "FutureRound" | "StaleRound" | "RoundTooLarge";

export interface RoundRefusalParameters {
  readonly round: AggregatorRound;
  readonly feed: Pick<SenderFeed, "maxAge" | "minAnswer" | "maxAnswer">;
  /** Seconds: the timestamp of the block that the push runs in. */
  readonly timestamp: bigint;
}

/** Whether `pushPrices` can send a round, decided as the sender does; undefined when it can. */
export function roundRefusal({ round, feed, timestamp }: RoundRefusalParameters): RoundRefusal | undefined {
  const { roundId, answer, updatedAt, answeredInRound } = round;
  if (answer <= 0n) return "InvalidAnswer";
  if (answer <= feed.minAnswer || answer >= feed.maxAnswer) return "AnswerOutOfBounds";
  if (updatedAt === 0n || answeredInRound < roundId) return "IncompleteRound";
  if (updatedAt > timestamp) return "FutureRound";
  if (timestamp - updatedAt > feed.maxAge) return "StaleRound";
  const [phase, number] = [roundId >> 64n, roundId & ((1n << 64n) - 1n)];
  return phase >> 8n !== 0n || number >> 32n !== 0n ? "RoundTooLarge" : undefined;
}
