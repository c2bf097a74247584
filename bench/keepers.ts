import { mkdirSync, writeFileSync } from "node:fs";

import { measureBook } from "./keepers/book.ts";
import { measureLending } from "./keepers/lending.ts";

/**
 * How fast a keeper checks a book of 10,000 orders, and lending with 10,000 borrowers, over one node, and how soon after
 * the event it has sent. Writes `bench/results/keepers.json`; exits with 1 when a figure is above its limit.
 */
const figures = { ...(await measureBook()), ...(await measureLending()) };

const rounded = Object.fromEntries(
  Object.entries(figures).map(([name, { ms, limit }]) => [
    name,
    { ms: Math.round(ms), limit, ratio: Math.round((ms / limit) * 1000) / 1000 },
  ]),
);
mkdirSync(new URL("results/", import.meta.url), { recursive: true });
writeFileSync(new URL("results/keepers.json", import.meta.url), `${JSON.stringify(rounded, undefined, 2)}\n`);
for (const [name, { ms, limit }] of Object.entries(rounded)) {
  process.stdout.write(
    `${name.padEnd(24)} ${String(ms).padStart(6)} ms   limit ${limit} ms   ${ms <= limit ? "met" : "MISSED"}\n`,
  );
}
process.exitCode = Object.values(rounded).every(({ ms, limit }) => ms <= limit) ? 0 : 1;
