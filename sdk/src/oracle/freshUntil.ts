import { MAX_OBSERVATION_AGE } from "./constants.ts";
import type { FeedAnswer } from "./types.ts";

/** The last second at which an answer is fresh; zero when there is none. */
export function freshUntil(answer: Pick<FeedAnswer, "answer" | "updatedAt" | "observedAt">, maxAge: bigint): bigint {
  if (answer.answer === 0n) return 0n;
  const observed = answer.observedAt + MAX_OBSERVATION_AGE;
  const updated = answer.updatedAt + maxAge;
  return updated < observed ? updated : observed;
}
