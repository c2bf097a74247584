import type { Context } from "./context.ts";
import type { Head } from "./watch/watch.ts";

/** When a process counts as ill. */
export interface HealthPolicy {
  /** Milliseconds without a new block. */
  readonly headStaleMs: number;
  /** Wei below which the signer cannot be relied on. */
  readonly minBalance: bigint;
}

/** What health is judged by. */
export interface Vitals {
  readonly head: Head | undefined;
  /** Milliseconds since 1970 at which the head last changed. */
  readonly headChangedAt: number;
  /** Milliseconds since 1970 of each bot's last complete pass. */
  readonly lastSuccess: ReadonlyMap<string, number>;
  readonly inFlightMs: number;
  readonly balance: bigint | undefined;
  readonly isLeader: boolean;
}

/** Why the process is ill, in sentences; empty when it is well. */
export function illnesses(
  { bots, store, policy, now }: Pick<Context, "bots" | "store" | "policy" | "now">,
  { headStaleMs, minBalance }: HealthPolicy,
  vitals: Vitals,
): string[] {
  const reasons: string[] = [];
  const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
  const fault = store.fault();
  if (fault !== undefined) reasons.push(`The books cannot be reached: ${fault}.`);
  const headAge = now() - vitals.headChangedAt;
  if (headAge > headStaleMs) reasons.push(`No new block for ${seconds(headAge)}.`);
  for (const { name, periodMs } of bots.values()) {
    const age = now() - (vitals.lastSuccess.get(name) ?? 0);
    if (age > periodMs) reasons.push(`Bot ${name} has not completed a pass for ${seconds(age)}.`);
  }
  if (vitals.inFlightMs > policy.trackBoundMs) {
    reasons.push(`A transaction has not landed for ${seconds(vitals.inFlightMs)}.`);
  }
  if (vitals.isLeader && !policy.dryRun && vitals.balance !== undefined && vitals.balance < minBalance) {
    reasons.push(`The signer holds ${vitals.balance} wei, below the least balance of ${minBalance} wei.`);
  }
  return reasons;
}
