import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

import { type Address, getAddress, isAddress } from "viem";

type Fields = Record<string, unknown>;

/** A parameter file in Ignition's own form, `{ "Section": { "field": value } }`, read field by field. */
export class ParameterFile {
  readonly #name: string;
  readonly #sections: Partial<Record<string, Fields>>;

  /**
   * @param known each section's fields; "any" where they are names of somebody else's
   * @throws Error that names file and field for anything unknown
   */
  constructor(file: string, known: Record<string, readonly string[] | "any">) {
    if (!existsSync(file)) throw new Error(`there is no parameter file ${file}`);
    this.#name = basename(file);
    this.#sections = JSON.parse(readFileSync(file, "utf8")) as Partial<Record<string, Fields>>;
    for (const [section, fields] of Object.entries(this.#sections)) {
      const allowed = known[section];
      if (allowed === undefined) throw new Error(`${this.#name}: no module has parameters called ${section}`);
      for (const field of Object.keys(fields ?? {})) {
        if (allowed !== "any" && !allowed.includes(field)) throw this.error(`${section} has no ${field}`);
      }
    }
  }

  has(section: string): boolean {
    return this.#sections[section] !== undefined;
  }

  fields(section: string): [field: string, value: unknown][] {
    return Object.entries(this.#sections[section] ?? {});
  }

  /** @throws Error when the field holds something else */
  address(section: string, field: string): Address | undefined {
    const value = this.#sections[section]?.[field];
    return value === undefined ? undefined : this.asAddress(`${section}.${field}`, value);
  }

  requiredAddress(section: string, field: string): Address {
    const address = this.address(section, field);
    if (address === undefined) throw this.error(`${section}.${field} is missing`);
    return address;
  }

  /** Ascending, as LayerZero's configurations take them. */
  addresses(section: string, field: string): Address[] {
    const value = this.#sections[section]?.[field] ?? [];
    if (!Array.isArray(value)) throw this.error(`${section}.${field} is no list of addresses`);
    const addresses = value.map((item, index) => this.asAddress(`${section}.${field}[${index}]`, item));
    if (new Set(addresses).size !== addresses.length) throw this.error(`${section}.${field} names one address twice`);
    return addresses.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  }

  /** A whole number, by default within what a JSON number holds exactly. */
  count(
    section: string,
    field: string,
    fallback?: bigint,
    [least, most]: readonly [bigint, bigint] = [0n, BigInt(Number.MAX_SAFE_INTEGER)],
  ): bigint {
    const value = this.#sections[section]?.[field];
    if (value !== undefined) return this.asCount(`${section}.${field}`, value, [least, most]);
    if (fallback === undefined) throw this.error(`${section}.${field} is missing`);
    return fallback;
  }

  asAddress(where: string, value: unknown): Address {
    if (typeof value !== "string" || !isAddress(value)) throw this.error(`${where} is no address`);
    return getAddress(value);
  }

  asCount(where: string, value: unknown, [least, most]: readonly [bigint, bigint]): bigint {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
      throw this.error(`${where} is no count`);
    const count = BigInt(value);
    if (count < least) throw this.error(`${where} is below ${least}`);
    if (count > most) throw this.error(`${where} is above ${most}`);
    return count;
  }

  /** An error that names the file. */
  error(text: string): Error {
    return new Error(`${this.#name}: ${text}`);
  }
}
