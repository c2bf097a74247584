import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Committed, Misses } from "./check.ts";
import { BENCH_ROOT } from "./paths.ts";
import type { Results } from "./results.ts";

const RESULTS = join(BENCH_ROOT, "results", "gas.json");
const MISSES = join(BENCH_ROOT, "misses.json");

/** The committed results. */
export async function readCommitted(): Promise<Committed> {
  return parseRecord(RESULTS, await readFile(RESULTS, "utf8"), (row): row is { gas: number; peaq: number } => {
    const { gas, peaq } = (row ?? {}) as Record<string, unknown>;
    return Number.isInteger(gas) && Number.isInteger(peaq);
  });
}

/** The rows that may be above their limits. */
export async function readMisses(): Promise<Misses> {
  return parseRecord(MISSES, await readFile(MISSES, "utf8"), (reason) => typeof reason === "string");
}

export async function writeResults(results: Results): Promise<void> {
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
}

/** @throws when `text` is not an object all of whose values pass `isValue` */
export function parseRecord<T>(file: string, text: string, isValue: (value: unknown) => value is T): Record<string, T> {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new Error(`${file} is not an object`);
  }
  for (const [key, value] of Object.entries(parsed)) {
    if (!isValue(value)) throw new Error(`${file}: ${key} is not as it should be`);
  }
  return parsed as Record<string, T>;
}
