/** How vectors are written for both languages: JSON with numbers as text, and numbers packed into Solidity literals. */
import { toHex } from "viem";

/** A number and the bytes that it takes. */
export type Field = readonly [value: bigint, bytes: number];

/** One line of JSON. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? v.toString() : v));
}

/** A Solidity hex literal in lines of at most 48 bytes. */
export function literal(records: readonly (readonly Field[])[]): string {
  return records
    .map((fields) => fields.map(([value, size]) => toHex(value, { size }).slice(2)).join(""))
    .flatMap((digits) => digits.match(/.{1,96}/g) ?? [])
    .map((digits) => `            hex"${digits}"`)
    .join("\n");
}
