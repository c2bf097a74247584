import type { Hex } from "viem";

import { bookReceipt } from "../account/bookReceipt.ts";
import { findReceipt } from "../account/findReceipt.ts";
import type { Context } from "../context.ts";
import { attemptsOf, intentsIn, setStatus } from "../store/intents.ts";
import type { Attempt, Intent } from "../store/schema.ts";
import { deliver } from "./deliver.ts";
import { replace } from "./replace.ts";
import { requote } from "./requote.ts";

/** Times that the nonce must be seen taken, without a receipt of ours, before an intent is given up as lost. */
const LOST_AFTER = 10;

/** How long an intent that was given up is still looked for: a node may have hidden its receipt. */
const LOST_WATCHED_MS = 3_600_000;

/** What is remembered between rounds; losing it in a restart only delays. */
export interface TrackMemory {
  readonly nonceTaken: Map<string, number>;
}

/** What tracking found: how many intents are still in flight and how old the oldest is, in milliseconds. */
export interface InFlight {
  readonly count: number;
  readonly oldestMs: number;
}

/**
 * One round over the intents that have not landed, lowest nonce first: book the receipt, send again what the pool
 * dropped, replace what waits too long. An intent keeps its nonce until a transaction with it is in a block.
 */
export async function track(context: Context, memory: TrackMemory): Promise<InFlight> {
  const { store, scope, now } = context;
  const open = await intentsIn(store.db(), scope, ["open", "lost"]);
  let count = 0;
  let oldestMs = 0;
  for (const intent of open) {
    if (intent.status === "lost") {
      if (now() - intent.createdAt.getTime() < LOST_WATCHED_MS) await bookIfLanded(context, intent);
      continue;
    }
    if (await settle(context, intent, memory, count === 0)) continue;
    count += 1;
    oldestMs = Math.max(oldestMs, now() - intent.createdAt.getTime());
  }
  return { count, oldestMs };
}

/** @returns whether the intent is no longer in flight */
async function settle(context: Context, intent: Intent, memory: TrackMemory, isNext: boolean): Promise<boolean> {
  const { access, account, store, metrics, log } = context;
  const attempts = await attemptsOf(store.db(), intent.id);
  if (await bookIfLanded(context, intent, attempts)) {
    memory.nonceTaken.delete(intent.id);
    return true;
  }

  const nonce = await access.read.getTransactionCount({ address: account.address, blockTag: "latest" });
  if (nonce > intent.nonce) {
    // The receipt may lag behind the nonce, or come from another node.
    const seen = (memory.nonceTaken.get(intent.id) ?? 0) + 1;
    memory.nonceTaken.set(intent.id, seen);
    if (seen < LOST_AFTER) return false;
    memory.nonceTaken.delete(intent.id);
    await setStatus(store.db(), intent.id, "lost");
    metrics.lost.inc({ bot: intent.bot });
    log.error({ key: intent.key, nonce: intent.nonce }, "a foreign transaction took the nonce: is the key shared?");
    return true;
  }
  memory.nonceTaken.delete(intent.id);
  await keepInPool(context, intent, attempts, isNext);
  return false;
}

/** Sends again what the pool does not know, and replaces what has waited long enough. */
async function keepInPool(
  context: Context,
  intent: Intent,
  attempts: readonly Attempt[],
  isNext: boolean,
): Promise<void> {
  const { access, policy, metrics, log, now } = context;
  const last = attempts.find(({ outcome }) => outcome !== "refused") ?? attempts[0];
  if (last === undefined) return;
  const waited = now() - last.createdAt.getTime();
  const isDue = waited >= policy.replaceAfterMs || last.outcome === "underpriced";
  if (isNext && isDue && (await replace(context, intent, attempts, last))) return;
  const known = await access.read.request(
    { method: "eth_getTransactionByHash", params: [last.hash as Hex] },
    { retryCount: 0 },
  );
  if (known !== null) return;
  // What would only revert by now is not sent again: its nonce is freed instead.
  const isStale = last.kind === "call" && (await requote(context, intent)) === undefined;
  if (isNext && isStale && (await replace(context, intent, attempts, last))) return;
  metrics.attempts.inc({ bot: intent.bot, kind: "resend" });
  log.warn(
    { key: intent.key, nonce: intent.nonce, hash: last.hash },
    "the pool dropped the transaction: sending it again",
  );
  await deliver(context, last);
}

/** Books the attempt that is in a block, if one is. */
async function bookIfLanded(context: Context, intent: Intent, known?: readonly Attempt[]): Promise<boolean> {
  const attempts = known ?? (await attemptsOf(context.store.db(), intent.id));
  const receipts = await Promise.all(attempts.map(({ hash }) => findReceipt(context, hash as Hex)));
  for (const [index, attempt] of attempts.entries()) {
    const receipt = receipts[index];
    if (receipt === undefined) continue;
    await bookReceipt(context, intent, attempt, receipt);
    return true;
  }
  return false;
}
