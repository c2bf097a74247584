import type { Hex } from "viem";

import type { SendAnswer } from "../chain/classify.ts";
import { broadcast } from "../chain/broadcast.ts";
import type { Context } from "../context.ts";
import { setOutcome } from "../store/intents.ts";
import type { Attempt, AttemptOutcome } from "../store/schema.ts";

const OUTCOMES: Readonly<Record<SendAnswer, AttemptOutcome>> = {
  accepted: "accepted",
  // One of ours or a foreign one is in a block: tracking finds out which.
  nonceTooLow: "unsure",
  unsure: "unsure",
  underpriced: "underpriced",
  unfunded: "refused",
  refused: "refused",
};

/** Sends a written attempt, and notes what the nodes said. An attempt that was accepted once stays accepted. */
export async function deliver(context: Context, attempt: Attempt): Promise<SendAnswer> {
  const { answer, details } = await broadcast(context.access, attempt.raw as Hex);
  context.metrics.answers.inc({ answer });
  const log = context.log.child({ hash: attempt.hash, answer });
  if (answer === "accepted") log.debug("transaction is in the pool");
  else log.warn({ details }, "transaction was not taken");
  const outcome = OUTCOMES[answer];
  if (attempt.outcome !== "accepted" && attempt.outcome !== outcome) {
    await setOutcome(context.store.db(), attempt, outcome);
  }
  return answer;
}
