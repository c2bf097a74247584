import { bumpFees, type Fees } from "../chain/fees.ts";
import { isRevert } from "../chain/isRevert.ts";
import type { Context } from "../context.ts";
import { decide } from "../price/decide.ts";
import { worthOf } from "../price/worthOf.ts";
import { insertAttempt } from "../store/intents.ts";
import type { Attempt, AttemptKind, Intent } from "../store/schema.ts";
import { FULL, NEARLY_FULL, type Call, type Quote } from "../types.ts";
import { deliver } from "./deliver.ts";
import { currentFees, estimateGas, gasLimitFor } from "./quoteCost.ts";
import { requote } from "./requote.ts";
import { signAttempt } from "./signAttempt.ts";

const TRANSFER_GAS = 21_000n;

interface Next {
  readonly kind: AttemptKind;
  readonly call: Call;
  readonly gasLimit: bigint;
}

/**
 * Replaces the last attempt by one with the same nonce and both fees 12 % higher: the call again while it still pays at
 * the higher fee, a cancellation once its opportunity is gone.
 * @returns false when nothing was sent: the fees are at the cap, or the call pays at the old fee only
 */
export async function replace(
  context: Context,
  intent: Intent,
  attempts: readonly Attempt[],
  last: Attempt,
): Promise<boolean> {
  const { metrics, log, policy, store } = context;
  const fees = bumpFees(last, await currentFees(context), policy.fees);
  if (fees === undefined) {
    metrics.skipped.inc({ bot: intent.bot, reason: "fee_cap" });
    log.debug({ key: intent.key, maxFee: last.maxFee }, "the next replacement would be above the fee cap");
    return false;
  }
  const next = await nextAttempt(context, intent, last, fees);
  if (next === undefined) return false;

  const attempt = await signAttempt(context, {
    ...next,
    intentId: intent.id,
    sequence: Math.max(...attempts.map(({ sequence }) => sequence)) + 1,
    nonce: intent.nonce,
    fees,
  });
  await insertAttempt(store.db(), attempt);
  metrics.attempts.inc({ bot: intent.bot, kind: next.kind === "cancel" ? "cancel" : "replacement" });
  log.info({ key: intent.key, nonce: intent.nonce, hash: attempt.hash, kind: next.kind, ...fees }, "replacing");
  await deliver(context, attempt);
  return true;
}

/**
 * The call anew while it pays, a cancellation when it cannot land any more, nothing when only the old fee pays or the
 * chain changed while it was asked.
 */
async function nextAttempt(context: Context, intent: Intent, last: Attempt, fees: Fees): Promise<Next | undefined> {
  const { account, bots, policy, prices } = context;
  const cancel: Next = { kind: "cancel", call: { to: account.address, data: "0x" }, gasLimit: TRANSFER_GAS };
  if (last.kind === "cancel") return { ...cancel, gasLimit: last.gasLimit };
  const [bot, quote] = [bots.get(intent.bot), await requote(context, intent)];
  if (bot === undefined || quote === undefined) return { ...cancel, gasLimit: await cancelGas(context, cancel.call) };

  const gas = await gasOf(context, quote);
  if (gas === undefined) return undefined;
  if (bot.dailyBudget !== undefined) return { kind: "call", call: quote.call(FULL), gasLimit: gasLimitFor(gas) };
  const worth = worthOf(bot.prices ?? prices, quote);
  if ("missing" in worth) return undefined;
  const { pays, floor } = decide({ worth: worth.coin, gas, maxFee: fees.maxFee, marginPercent: policy.marginPercent });
  return pays ? { kind: "call", call: quote.call(floor), gasLimit: gasLimitFor(gas) } : undefined;
}

/** Gas of the call that was just quoted; undefined when it would revert. */
async function gasOf(context: Context, quote: Quote): Promise<bigint | undefined> {
  try {
    return await estimateGas(context, quote.call(NEARLY_FULL));
  } catch (error) {
    if (isRevert(error)) return undefined;
    throw error;
  }
}

/** Chains that charge for proofs ask for more than 21,000. */
async function cancelGas(context: Context, call: Call): Promise<bigint> {
  const gas = await estimateGas(context, call);
  return gas > TRANSFER_GAS ? gasLimitFor(gas) : TRANSFER_GAS;
}
