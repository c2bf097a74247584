import type { Results } from "./results.ts";

/** The part of a committed row that a new run is held against. */
export type Committed = Record<string, { gas: number; peaq: number }>;

/** Row to the reason why it may be above its limit. */
export type Misses = Record<string, string>;

/** @returns what is wrong with a run, a sentence each; nothing when all is well */
export function check(results: Results, committed: Committed, misses: Misses): string[] {
  const problems: string[] = [];
  for (const [key, { gas, peaq, limit }] of Object.entries(results)) {
    const missed = limit !== null && gas > limit;
    if (missed && !(key in misses)) problems.push(`${key}: ${gas} is above its limit of ${limit}`);
    if (!missed && key in misses) problems.push(`${key}: within its limit; take it out of misses.json`);

    const before = committed[key];
    if (before !== undefined && gas > before.gas) problems.push(`${key}: grew from ${before.gas} to ${gas}`);
    if (before !== undefined && peaq > before.peaq) {
      problems.push(`${key}: its charge on peaq grew from ${before.peaq} to ${peaq}`);
    }
  }
  for (const key of Object.keys(committed)) {
    if (!(key in results)) problems.push(`${key}: committed, but not measured any more`);
  }
  for (const [key, reason] of Object.entries(misses)) {
    if (!(key in results)) problems.push(`${key}: in misses.json, but no row`);
    if (reason.trim() === "") problems.push(`${key}: in misses.json without a reason`);
  }
  return problems;
}
