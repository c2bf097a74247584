import type { Context } from "./context.ts";
import type { InFlight } from "./send/track.ts";
import type { Skips } from "./skips.ts";
import type { Totals } from "./store/bookings.ts";
import type { Booking } from "./store/schema.ts";
import type { Head, Watch } from "./watch/watch.ts";

/** What the engine knows, before it is written down. */
export interface StatusSource {
  readonly context: Context;
  readonly watch: Watch;
  readonly skips: Skips;
  readonly head: Head | undefined;
  readonly balance: bigint | undefined;
  readonly inFlight: InFlight;
  readonly books: { readonly totals: Totals; readonly latest: readonly Booking[] } | undefined;
  readonly lastSuccess: ReadonlyMap<string, number>;
  readonly ill: readonly string[];
  readonly draining: boolean;
}

/** What each bot sees, as `/status` gives it; amounts become decimal strings in JSON. */
export interface Status {
  readonly chain: string;
  readonly signer: string;
  readonly recipient: string;
  readonly role: "sending" | "warm" | "draining";
  readonly dryRun: boolean;
  readonly ill: readonly string[];
  readonly head: bigint | undefined;
  readonly balance: bigint | undefined;
  readonly inFlight: { readonly count: number; readonly oldestSeconds: number };
  readonly watch: Readonly<Record<string, string | number | boolean>>;
  readonly bots: readonly BotStatus[];
  readonly books: StatusSource["books"];
}

/** One bot's part. */
export interface BotStatus {
  readonly name: string;
  readonly ageSeconds: number;
  readonly periodSeconds: number;
  /** Opportunities found in what was watched. */
  readonly found: number;
  /** The best of them, with what they would bring by estimate. */
  readonly best: readonly { readonly key: string; readonly gains: readonly { token: string; amount: bigint }[] }[];
  /** Passed over, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
}

const BEST = 5;

export function readStatus(source: StatusSource): Status {
  const { context, watch, skips, head, balance, inFlight, books, lastSuccess, ill, draining } = source;
  const { scope, recipient, store, policy, bots, now } = context;
  return {
    chain: scope.chain,
    signer: scope.signer,
    recipient,
    role: draining ? "draining" : store.isLeader() ? "sending" : "warm",
    dryRun: policy.dryRun,
    ill,
    head: head?.number,
    balance,
    inFlight: { count: inFlight.count, oldestSeconds: Math.round(inFlight.oldestMs / 1000) },
    watch: watch.view(),
    bots: [...bots.values()].map((bot) => {
      const found = bot.find();
      return {
        name: bot.name,
        ageSeconds: Math.round((now() - (lastSuccess.get(bot.name) ?? 0)) / 1000),
        periodSeconds: bot.periodMs / 1000,
        found: found.length,
        best: found.slice(0, BEST).map(({ key, gains }) => ({ key, gains: [...gains] })),
        skipped: skips.counts(bot.name),
      };
    }),
    books,
  };
}
