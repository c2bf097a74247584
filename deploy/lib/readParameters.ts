import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

import { type Address, getAddress, isAddress } from "viem";

import { defaults } from "../parameters.ts";

/** What a suite is deployed with: the network's file over the defaults. */
export interface SuiteParameters {
  /** Proposes to the timelock. */
  governance?: Address;
  /** May pause new risk, and end a pause. */
  guardian?: Address;
  /** Seconds. */
  timelockDelay: bigint;
  /** Millionths. */
  takerFee: bigint;
  permit2: Address;
  /** The ERC-20 that wraps the chain's coin. */
  wrappedCoin?: Address;
  /** Real tokens that tasks and pages know by symbol. */
  tokens: Record<string, Address>;
}

const KNOWN: Record<string, readonly string[] | "addresses"> = {
  Access: ["governance", "guardian", "timelockDelay"],
  Dex: ["takerFee", "permit2", "wrappedCoin"],
  Tokens: "addresses",
};

/**
 * Reads a parameter file in Ignition's own form (`{ "Access": { … }, "Dex": { … } }`) with one section more, `Tokens`.
 * @throws Error that names file and field for anything unknown or malformed.
 */
export function readParameters(file: string): SuiteParameters {
  if (!existsSync(file)) throw new Error(`there is no parameter file ${file}`);
  const name = basename(file);
  const sections = JSON.parse(readFileSync(file, "utf8")) as Partial<Record<string, Record<string, unknown>>>;

  for (const [section, fields] of Object.entries(sections)) {
    const known = KNOWN[section];
    if (known === undefined) throw new Error(`${name}: no module has parameters called ${section}`);
    for (const field of Object.keys(fields ?? {})) {
      if (known !== "addresses" && !known.includes(field)) throw new Error(`${name}: ${section} has no ${field}`);
    }
  }

  const checked = (section: string, field: string, value: unknown): Address => {
    if (typeof value !== "string" || !isAddress(value)) throw new Error(`${name}: ${section}.${field} is no address`);
    return getAddress(value);
  };
  const address = (section: string, field: string): Address | undefined => {
    const value = sections[section]?.[field];
    return value === undefined ? undefined : checked(section, field, value);
  };
  const amount = (section: string, field: string, fallback: bigint): bigint => {
    const value = sections[section]?.[field];
    if (value === undefined) return fallback;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
      throw new Error(`${name}: ${section}.${field} is no count`);
    }
    return BigInt(value);
  };

  const governance = address("Access", "governance");
  const guardian = address("Access", "guardian");
  const wrappedCoin = address("Dex", "wrappedCoin");
  return {
    ...(governance && { governance }),
    ...(guardian && { guardian }),
    ...(wrappedCoin && { wrappedCoin }),
    timelockDelay: amount("Access", "timelockDelay", defaults.timelockDelay),
    takerFee: amount("Dex", "takerFee", defaults.takerFee),
    permit2: address("Dex", "permit2") ?? defaults.permit2,
    tokens: Object.fromEntries(
      Object.entries(sections.Tokens ?? {}).map(([symbol, value]) => [symbol, checked("Tokens", symbol, value)]),
    ),
  };
}
