import { Counter, Gauge, Registry, collectDefaultMetrics } from "prom-client";

/** Every figure that the process publishes. */
export interface Metrics {
  readonly registry: Registry;
  readonly passes: Counter<"bot" | "result">;
  readonly lastSuccess: Gauge<"bot">;
  readonly successAge: Gauge<"bot">;
  readonly skipped: Counter<"bot" | "reason">;
  readonly attempts: Counter<"bot" | "kind">;
  readonly answers: Counter<"answer">;
  readonly landed: Counter<"bot" | "result">;
  readonly lost: Counter<"bot">;
  readonly unbooked: Counter<"bot">;
  readonly inFlightAge: Gauge;
  readonly gasSpent: Gauge;
  readonly profit: Gauge<"token">;
  readonly leader: Gauge;
  readonly head: Gauge;
  readonly headAge: Gauge;
  readonly watchLag: Gauge;
  readonly liveOrders: Gauge;
  readonly borrowers: Gauge;
  readonly graphqlUp: Gauge<"endpoint">;
  readonly balance: Gauge;
  readonly tickSeconds: Gauge;
}

/**
 * Metrics in a registry of their own, so that several can live in one process.
 * @param chain label of every figure, for an engine beside the first, which has the process's own figures and no label
 */
export function createMetrics(chain?: string): Metrics {
  const registry = new Registry();
  if (chain === undefined) collectDefaultMetrics({ register: registry });
  else registry.setDefaultLabels({ chain });
  const registers = [registry];
  const gauge = <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> =>
    new Gauge({ name: `keeper_${name}`, help, labelNames: [...labelNames], registers });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> =>
    new Counter({ name: `keeper_${name}`, help, labelNames: [...labelNames], registers });
  return {
    registry,
    passes: counter("passes_total", "Passes of a bot by result", ["bot", "result"]),
    lastSuccess: gauge("last_success_timestamp_seconds", "When a bot last completed a pass", ["bot"]),
    successAge: gauge("success_age_periods", "Dead man: age of a bot's last complete pass, in its periods", ["bot"]),
    skipped: counter("skipped_total", "Opportunities not taken, by reason", ["bot", "reason"]),
    attempts: counter("attempts_total", "Transactions signed, by kind: call, replacement, cancel, resend", [
      "bot",
      "kind",
    ]),
    answers: counter("send_answers_total", "Answers of nodes to transactions", ["answer"]),
    landed: counter("landed_total", "Transactions in a block, by result", ["bot", "result"]),
    lost: counter("lost_total", "Intents whose nonce a foreign transaction took", ["bot"]),
    unbooked: counter("unbooked_total", "Bookings taken back after a reorganisation", ["bot"]),
    inFlightAge: gauge("in_flight_age_seconds", "Age of the oldest intent that has not landed; 0 when there is none"),
    gasSpent: gauge("gas_spent_coin", "Coin spent on gas by all bookings; exact figures are in the books"),
    profit: gauge("profit_token_units", "Units of a token gained by all bookings; exact in the books", ["token"]),
    leader: gauge("leader", "1 when this replica sends"),
    head: gauge("head_block", "Latest block seen"),
    headAge: gauge("head_age_seconds", "Seconds since the latest block changed"),
    watchLag: gauge("watch_lag_blocks", "Blocks whose events are not read yet"),
    liveOrders: gauge("live_orders", "Orders that the watch knows"),
    borrowers: gauge("borrowers", "Accounts with debt that the watch knows"),
    graphqlUp: gauge("graphql_up", "1 when an indexer endpoint answered last time", ["endpoint"]),
    balance: gauge("signer_balance_coin", "Coin of the signer"),
    tickSeconds: gauge("tick_seconds", "Duration of the last round of the engine"),
  };
}
