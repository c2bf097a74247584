import type { Context } from "./context.ts";

/** Why an opportunity is not taken. */
export type SkipReason =
  | "price_missing"
  | "price_unusable"
  | "healthy_at_one_price"
  | "grace"
  | "unreadable"
  | "no_capital"
  | "unprofitable"
  | "gone"
  | "reverts"
  | "no_answer"
  | "fee_cap"
  | "budget"
  | "dry_run"
  | "unfunded"
  | "refused";

/** What a bot passes over, and for how long. */
export interface Skips {
  /** Notes a reason; counted when it is new for this opportunity. `cool` leaves the opportunity alone for a while. */
  skip(bot: string, key: string, reason: SkipReason, cool?: boolean): void;
  isCooling(key: string): boolean;
  /** When an opportunity was quoted last and did not pay, milliseconds since 1970; zero for one that was not. */
  lookedAt(key: string): number;
  /** Forgets an opportunity that was taken. */
  clear(key: string): void;
  /** How many opportunities are passed over now, by reason. */
  counts(bot: string): Readonly<Record<string, number>>;
}

interface Entry {
  bot: string;
  reason: SkipReason;
  strikes: number;
  coolUntil: number;
  seen: number;
}

const FIRST_COOL_MS = 10_000;
const LONGEST_COOL_MS = 600_000;
/** What has not been passed over again for this long is forgotten. */
const FORGET_MS = 900_000;
const MOST_ENTRIES = 50_000;

export function createSkips({ metrics, log, now }: Pick<Context, "metrics" | "log" | "now">): Skips {
  const entries = new Map<string, Entry>();

  function forgetOld(): void {
    for (const [key, { seen }] of entries)
      if (seen + FORGET_MS < now() || entries.size > MOST_ENTRIES) entries.delete(key);
  }

  return {
    skip(bot, key, reason, cool = false) {
      const before = entries.get(key);
      const strikes = cool ? (before?.strikes ?? 0) + 1 : (before?.strikes ?? 0);
      const coolMs = Math.min(FIRST_COOL_MS * 2 ** (strikes - 1), LONGEST_COOL_MS);
      entries.set(key, { bot, reason, strikes, coolUntil: cool ? now() + coolMs : 0, seen: now() });
      if (before?.reason === reason) return;
      metrics.skipped.inc({ bot, reason });
      log.debug({ bot, key, reason }, "passed over");
      if (entries.size % 1000 === 0) forgetOld();
    },
    isCooling: (key) => (entries.get(key)?.coolUntil ?? 0) > now(),
    lookedAt(key) {
      const entry = entries.get(key);
      return entry?.reason === "unprofitable" ? entry.seen : 0;
    },
    clear: (key) => entries.delete(key),
    counts(bot) {
      const counts: Record<string, number> = {};
      for (const entry of entries.values()) {
        if (entry.bot === bot && entry.seen + FORGET_MS > now()) counts[entry.reason] = (counts[entry.reason] ?? 0) + 1;
      }
      return counts;
    },
  };
}
