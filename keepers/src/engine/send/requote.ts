import type { Context } from "../context.ts";
import { worthOf } from "../price/worthOf.ts";
import type { Intent } from "../store/schema.ts";
import type { Quote } from "../types.ts";

/**
 * What the chain says now about an intent's opportunity. Undefined when it is gone: its bot is switched off, the chain
 * refuses it, or it has become a loss, so that what was sent for it can only revert.
 */
export async function requote({ bots, prices }: Context, intent: Intent): Promise<Quote | undefined> {
  const bot = bots.get(intent.bot);
  const quote = await bot?.quote(intent.payload);
  if (bot === undefined || quote === undefined) return undefined;
  if (bot.dailyBudget !== undefined) return quote;
  const worth = worthOf(bot.prices ?? prices, quote);
  // Without a price nothing is known to be lost.
  return "missing" in worth || worth.coin > 0n ? quote : undefined;
}
