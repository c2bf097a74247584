import type { Hex } from "viem";

import type { ChainAccess } from "./access.ts";
import { classifySendError, type SendAnswer } from "./classify.ts";

/** What all endpoints together said, and the words of one of them. */
export interface BroadcastResult {
  readonly answer: SendAnswer;
  readonly details: string;
}

/** The first of these that any endpoint said is the answer: one pool that holds the transaction is enough. */
const RANK: readonly SendAnswer[] = ["accepted", "nonceTooLow", "unsure", "underpriced", "unfunded", "refused"];

/** Sends a signed transaction to every sending endpoint. Never throws; sending the same again is harmless. */
export async function broadcast(access: ChainAccess, raw: Hex): Promise<BroadcastResult> {
  const results = await Promise.all(
    access.senders.map(async (sender): Promise<BroadcastResult> => {
      try {
        await sender.sendRawTransaction({ serializedTransaction: raw });
        return { answer: "accepted", details: "" };
      } catch (error) {
        return { answer: classifySendError(error), details: shortMessage(error) };
      }
    }),
  );
  for (const answer of RANK) {
    const found = results.find((result) => result.answer === answer);
    if (found !== undefined) return found;
  }
  return { answer: "unsure", details: "no endpoint" };
}

function shortMessage(error: unknown): string {
  const details = (error as { details?: unknown }).details;
  return typeof details === "string" && details !== ""
    ? details
    : error instanceof Error
      ? error.message
      : String(error);
}
