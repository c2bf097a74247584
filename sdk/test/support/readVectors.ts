import { readFileSync } from "node:fs";

/** A file of vectors; numbers are written as text there, and come out as bigint. */
export function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), "utf8"), (_, value: unknown) =>
    typeof value === "string" && /^\d+$/.test(value) ? BigInt(value) : value,
  );
}
