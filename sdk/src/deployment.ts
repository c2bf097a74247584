import { type Address, getAddress, isAddress } from "viem";

import type { NamedToken, Token } from "./tokens.ts";

/** The contracts that a deployment tells, in the order of its file. */
export const CONTRACT_NAMES = [
  "orderNFT",
  "orderMatcher",
  "orderLens",
  "orderRouter",
  "pairObserver",
  "accessManager",
  "timelock",
  "permit2",
] as const;

export type ContractName = (typeof CONTRACT_NAMES)[number];

/** Where everything is on one chain. Actions take `...deployment.contracts`. */
export interface Deployment {
  readonly chainId: number;
  /** The first block that can hold an event. */
  readonly startBlock: number;
  readonly contracts: Readonly<Record<ContractName, Address>>;
  /** By symbol. */
  readonly tokens: Readonly<Record<string, Token>>;
}

/** The tokens of a deployment as a list, as `ErrorContext` takes them. */
export function listTokens({ tokens }: Deployment): readonly NamedToken[] {
  return Object.entries(tokens).map(([symbol, token]) => ({ symbol, ...token }));
}

/** Thrown when a deployment file is not one; `path` is where in it. */
export class InvalidDeploymentError extends TypeError {
  override name = "InvalidDeploymentError";
  readonly path: string;

  constructor(path: string, expected: string, found: unknown) {
    super(
      `Deployment file: ${path} should be ${expected}, and is ${found === undefined ? "missing" : JSON.stringify(found)}.`,
    );
    this.path = path;
  }
}

/**
 * Reads a deployment file: `.cxmpute/deployment.json` of a local chain, or one that a deployment left behind. Text or
 * parsed JSON. Addresses come out checksummed; what the file says beyond this is left out.
 * @throws InvalidDeploymentError that says what is wrong where.
 */
export function parseDeployment(json: unknown): Deployment {
  const file = asObject("the file", typeof json === "string" ? parseJson(json) : json);
  const contracts = asObject("contracts", file.contracts);
  const tokens = asObject("tokens", file.tokens ?? {});
  return {
    chainId: asInteger("chainId", file.chainId, 1),
    startBlock: asInteger("startBlock", file.startBlock, 0),
    contracts: Object.fromEntries(
      CONTRACT_NAMES.map((name) => [name, asAddress(`contracts.${name}`, contracts[name])]),
    ) as Record<ContractName, Address>,
    tokens: Object.fromEntries(
      Object.entries(tokens).map(([symbol, token]) => [symbol, asToken(`tokens.${symbol}`, token)]),
    ),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidDeploymentError("the file", "JSON", text.slice(0, 40));
  }
}

function asObject(path: string, value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidDeploymentError(path, "an object", value);
  }
  return value as Record<string, unknown>;
}

function asInteger(path: string, value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw new InvalidDeploymentError(path, `a whole number from ${least} to ${most}`, value);
  }
  return value;
}

function asAddress(path: string, value: unknown): Address {
  if (typeof value !== "string" || !isAddress(value, { strict: false })) {
    throw new InvalidDeploymentError(path, "an address", value);
  }
  return getAddress(value);
}

function asToken(path: string, value: unknown): Token {
  const token = asObject(path, value);
  const name = token.name;
  if (typeof name !== "string") throw new InvalidDeploymentError(`${path}.name`, "a text", name);
  return {
    address: asAddress(`${path}.address`, token.address),
    decimals: asInteger(`${path}.decimals`, token.decimals, 0, 255),
    name,
  };
}
