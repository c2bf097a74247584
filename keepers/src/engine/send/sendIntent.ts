import { randomUUID } from "node:crypto";

import type { SendAnswer } from "../chain/classify.ts";
import type { Fees } from "../chain/fees.ts";
import type { Context } from "../context.ts";
import { insertIntent, setStatus } from "../store/intents.ts";
import type { Bot, Call, Quote } from "../types.ts";
import { deliver } from "./deliver.ts";
import { gasLimitFor } from "./quoteCost.ts";
import { signAttempt } from "./signAttempt.ts";

/** A decision that is ready to be sent. */
export interface SendParameters {
  readonly bot: Bot;
  readonly quote: Quote;
  readonly call: Call;
  /** Estimated gas. */
  readonly gas: bigint;
  readonly fees: Fees;
  /** What the gains are worth, in wei of the coin. */
  readonly worth: bigint;
}

/** Writes an intent with the chain's next nonce, then sends it. The caller has made sure that none is in flight. */
export async function sendIntent(context: Context, parameters: SendParameters): Promise<SendAnswer> {
  const { bot, quote, call, gas, fees, worth } = parameters;
  const { access, account, store, scope, log, metrics, now } = context;
  const nonce = await access.read.getTransactionCount({ address: account.address, blockTag: "latest" });
  const id = randomUUID();
  const attempt = await signAttempt(context, {
    intentId: id,
    sequence: 0,
    kind: "call",
    nonce,
    call,
    gasLimit: gasLimitFor(gas),
    fees,
  });
  await insertIntent(
    store.db(),
    {
      id,
      ...scope,
      nonce,
      bot: bot.name,
      key: quote.key,
      payload: quote.payload,
      recipient: context.recipient,
      tokens: [...new Set([...quote.gains, ...(quote.costs ?? [])].map(({ token }) => token))],
      expectedCoin: worth,
      status: "open",
      createdAt: new Date(now()),
    },
    attempt,
  );
  metrics.attempts.inc({ bot: bot.name, kind: "call" });
  log.info({ bot: bot.name, key: quote.key, nonce, hash: attempt.hash, maxFee: fees.maxFee, worth, gas }, "sending");
  const answer = await deliver(context, attempt);
  if (answer === "refused" || answer === "unfunded") await setStatus(store.db(), id, "refused");
  return answer;
}
