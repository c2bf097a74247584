import type { Fees } from "./chain/fees.ts";
import { isRevert } from "./chain/isRevert.ts";
import type { Context } from "./context.ts";
import { decide } from "./price/decide.ts";
import { worthOf } from "./price/worthOf.ts";
import { currentFees, estimateGas } from "./send/quoteCost.ts";
import { sendIntent, type SendParameters } from "./send/sendIntent.ts";
import type { Skips } from "./skips.ts";
import { spentSince } from "./store/bookings.ts";
import { FULL, NEARLY_FULL, type Bot, type Candidate, type Quote } from "./types.ts";

/** Candidates that are put to the chain in one pass, all in one batch. */
const QUOTED = 16;
/** Quotes whose gas is estimated before a pass gives up. */
const ESTIMATED = 4;

const DAY_MS = 86_400_000;

interface Ranked<T extends Candidate> {
  readonly candidate: T;
  readonly worth: bigint;
}

/**
 * One pass of a bot: rank what it finds by worth, quote the best, send the first that pays. What was quoted before and
 * did not pay comes after what was not, the longest ago first, so that no estimate keeps the others from being quoted.
 * Throws when the chain did not answer at all, so that the pass does not count as done.
 * @returns whether something was sent
 */
export async function pass(context: Context, bot: Bot, skips: Skips): Promise<boolean> {
  const candidates = bot.find().filter((candidate) => isOpen(bot, skips, candidate));
  const best = rank(context, bot, skips, candidates)
    .sort((a, b) => skips.lookedAt(a.candidate.key) - skips.lookedAt(b.candidate.key))
    .slice(0, QUOTED);
  if (best.length === 0) return false;

  const answers = await quoteAll(
    bot,
    skips,
    best.map(({ candidate }) => candidate),
  );
  const quotes = rank(context, bot, skips, answers).filter((quote) => isWorthEstimating(bot, skips, quote));
  if (quotes.length === 0) return false;
  const fees = await currentFees(context);
  for (const { candidate: quote, worth } of quotes.slice(0, ESTIMATED)) {
    if (fees === undefined) {
      skips.skip(bot.name, quote.key, "fee_cap");
      continue;
    }
    const plan = await planFor(context, bot, skips, quote, worth, fees);
    if (plan === undefined) continue;
    if (await carryOut(context, skips, plan)) return true;
  }
  return false;
}

/** Whether nothing that is known stands in the way; what does is noted. */
function isOpen(bot: Bot, skips: Skips, { key, blocked }: Candidate): boolean {
  if (blocked !== undefined) skips.skip(bot.name, key, blocked);
  return blocked === undefined && !skips.isCooling(key);
}

/** Whether there is anything that could pay for gas; a bot with a budget need not earn it. */
function isWorthEstimating(bot: Bot, skips: Skips, { candidate, worth }: Ranked<Quote>): boolean {
  if (bot.dailyBudget !== undefined || worth > 0n) return true;
  skips.skip(bot.name, candidate.key, "unprofitable");
  return false;
}

/** Most worth first; what has no price is passed over. */
function rank<T extends Candidate>({ prices }: Context, bot: Bot, skips: Skips, candidates: readonly T[]): Ranked<T>[] {
  const ranked: Ranked<T>[] = [];
  for (const candidate of candidates) {
    const worth = worthOf(bot.prices ?? prices, candidate);
    if ("missing" in worth) skips.skip(bot.name, candidate.key, "price_missing");
    else ranked.push({ candidate, worth: worth.coin });
  }
  return ranked.sort((a, b) => (a.worth === b.worth ? 0 : a.worth > b.worth ? -1 : 1));
}

async function quoteAll(bot: Bot, skips: Skips, candidates: readonly Candidate[]): Promise<Quote[]> {
  const results = await Promise.allSettled(candidates.map(({ payload }) => bot.quote(payload)));
  const quotes: Quote[] = [];
  let failure: Error | undefined;
  for (const [index, result] of results.entries()) {
    const key = candidates[index]?.key ?? "";
    if (result.status === "rejected") {
      failure = result.reason instanceof Error ? result.reason : new Error(String(result.reason));
      skips.skip(bot.name, key, "no_answer", true);
    } else if (result.value === undefined) {
      skips.skip(bot.name, key, "gone", true);
    } else {
      quotes.push(result.value);
    }
  }
  if (failure !== undefined && results.every(({ status }) => status === "rejected")) throw failure;
  return quotes;
}

/** Gas, price and decision for one quote; undefined when it is passed over. */
async function planFor(
  context: Context,
  bot: Bot,
  skips: Skips,
  quote: Quote,
  worth: bigint,
  fees: Fees,
): Promise<SendParameters | undefined> {
  const { policy, store, scope, now } = context;
  let gas: bigint;
  try {
    gas = await estimateGas(context, quote.call(NEARLY_FULL));
  } catch (error) {
    if (!isRevert(error)) throw error;
    skips.skip(bot.name, quote.key, "reverts", true);
    return undefined;
  }
  if (bot.dailyBudget !== undefined) {
    const call = quote.call(FULL);
    const spent = await spentSince(store.db(), scope, bot.name, new Date(now() - DAY_MS));
    const most = (bot.dailyBudget * (quote.budgetPercent ?? 100n)) / 100n;
    if (spent + gas * fees.maxFee + (call.value ?? 0n) > most) {
      skips.skip(bot.name, quote.key, "budget");
      return undefined;
    }
    return { bot, quote, call, gas, fees, worth };
  }
  const decision = decide({ worth, gas, maxFee: fees.maxFee, marginPercent: policy.marginPercent });
  if (!decision.pays) {
    skips.skip(bot.name, quote.key, "unprofitable");
    return undefined;
  }
  return { bot, quote, call: quote.call(decision.floor), gas, fees, worth };
}

async function carryOut(context: Context, skips: Skips, plan: SendParameters): Promise<boolean> {
  const { bot, quote, gas, worth, fees } = plan;
  if (context.policy.dryRun) {
    context.log.info({ bot: bot.name, key: quote.key, worth, gas, maxFee: fees.maxFee }, "dry run: would send");
    skips.skip(bot.name, quote.key, "dry_run", true);
    return false;
  }
  const answer = await sendIntent(context, plan);
  if (answer === "refused" || answer === "unfunded") {
    skips.skip(bot.name, quote.key, answer, true);
    return false;
  }
  skips.clear(quote.key);
  return true;
}
