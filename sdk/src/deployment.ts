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

/** As the controller and the oracle limit them. */
const MAX_POOL_ID = 63;
const MAX_FEED_DECIMALS = 27;
const MAX_UINT32 = 0xffff_ffff;

export type ContractName = (typeof CONTRACT_NAMES)[number];

/** A pool of one asset; lending actions take `pool: address`, the controller's take `id`. */
export interface LendPool {
  readonly address: Address;
  /** Its number at the controller, 0 to 63. */
  readonly id: number;
}

/** Where lending is. */
export interface LendDeployment {
  readonly controller: Address;
  readonly lens: Address;
  /** Missing where nobody has deployed one. */
  readonly flashLiquidator?: Address;
  /** By the symbol of the asset, which is one of the deployment's tokens. */
  readonly pools: Readonly<Record<string, LendPool>>;
}

/** A feed that is relayed from the sister chain. */
export interface DeployedFeed {
  /** The receiver's and the sender's number of it, below 2^32. */
  readonly id: number;
  /** Of its answers. */
  readonly decimals: number;
}

/** Where prices come from. */
export interface OracleDeployment {
  readonly priceOracle: Address;
  readonly priceFeedReceiver: Address;
  /** By what is priced, such as "ETH". */
  readonly feeds: Readonly<Record<string, DeployedFeed>>;
}

/** The chain on which the prices are observed: Ethereum's side of the relay. */
export interface SisterChain {
  readonly chainId: number;
  /** The first block that can hold an event. */
  readonly startBlock: number;
  /** LayerZero's number of the chain. */
  readonly endpointId: number;
  readonly priceFeedSender: Address;
}

/** The marketplace's contracts, in the order of the file. The signer registry answers at the voucher collector's address. */
export const COMPUTE_NAMES = [
  "unxv",
  "paymentsEscrow",
  "voucherCollector",
  "subscriptionManager",
  "providerStaking",
  "providerDelegation",
  "provisionRegistry",
  "priceBook",
  "attestationHub",
  "disputeManager",
  "rewardsDistributor",
] as const;

export type ComputeName = (typeof COMPUTE_NAMES)[number];

/** Where the compute marketplace is. */
export type ComputeDeployment = Readonly<Record<ComputeName, Address>>;

/** Where everything is on one chain. Actions take `...deployment.contracts`. */
export interface Deployment {
  readonly chainId: number;
  /** The first block that can hold an event. */
  readonly startBlock: number;
  readonly contracts: Readonly<Record<ContractName, Address>>;
  /** By symbol. */
  readonly tokens: Readonly<Record<string, Token>>;
  /** Missing where the marketplace is not deployed. */
  readonly compute?: ComputeDeployment;
  /** Missing where lending is not deployed; the next two likewise. */
  readonly lend?: LendDeployment;
  readonly oracle?: OracleDeployment;
  readonly sister?: SisterChain;
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
    tokens: asRecord("tokens", tokens, asToken),
    ...(file.compute === undefined ? {} : { compute: asCompute(file.compute) }),
    ...(file.lend === undefined ? {} : { lend: asLend(file.lend, Object.keys(tokens)) }),
    ...(file.oracle === undefined ? {} : { oracle: asOracle(file.oracle) }),
    ...(file.sister === undefined ? {} : { sister: asSister(file.sister) }),
  };
}

function asCompute(value: unknown): ComputeDeployment {
  const compute = asObject("compute", value);
  return Object.fromEntries(
    COMPUTE_NAMES.map((name) => [name, asAddress(`compute.${name}`, compute[name])]),
  ) as ComputeDeployment;
}

function asLend(value: unknown, symbols: readonly string[]): LendDeployment {
  const lend = asObject("lend", value);
  const pools = asRecord("lend.pools", lend.pools, (path, entry): LendPool => {
    const pool = asObject(path, entry);
    return {
      address: asAddress(`${path}.address`, pool.address),
      id: asInteger(`${path}.id`, pool.id, 0, MAX_POOL_ID),
    };
  });
  for (const symbol of Object.keys(pools)) {
    if (!symbols.includes(symbol)) {
      throw new InvalidDeploymentError(`lend.pools.${symbol}`, "named after one of the file's tokens", symbol);
    }
  }
  requireDistinctIds("lend.pools", pools);
  return {
    controller: asAddress("lend.controller", lend.controller),
    lens: asAddress("lend.lens", lend.lens),
    ...(lend.flashLiquidator === undefined
      ? {}
      : { flashLiquidator: asAddress("lend.flashLiquidator", lend.flashLiquidator) }),
    pools,
  };
}

function asOracle(value: unknown): OracleDeployment {
  const oracle = asObject("oracle", value);
  const feeds = asRecord("oracle.feeds", oracle.feeds, (path, entry): DeployedFeed => {
    const feed = asObject(path, entry);
    return {
      id: asInteger(`${path}.id`, feed.id, 0, MAX_UINT32),
      decimals: asInteger(`${path}.decimals`, feed.decimals, 0, MAX_FEED_DECIMALS),
    };
  });
  requireDistinctIds("oracle.feeds", feeds);
  return {
    priceOracle: asAddress("oracle.priceOracle", oracle.priceOracle),
    priceFeedReceiver: asAddress("oracle.priceFeedReceiver", oracle.priceFeedReceiver),
    feeds,
  };
}

function asSister(value: unknown): SisterChain {
  const sister = asObject("sister", value);
  return {
    chainId: asInteger("sister.chainId", sister.chainId, 1),
    startBlock: asInteger("sister.startBlock", sister.startBlock, 0),
    endpointId: asInteger("sister.endpointId", sister.endpointId, 1, MAX_UINT32),
    priceFeedSender: asAddress("sister.priceFeedSender", sister.priceFeedSender),
  };
}

/** Two names for one id would make whoever goes by the id read the wrong one. */
function requireDistinctIds(path: string, entries: Readonly<Record<string, { readonly id: number }>>): void {
  const names = new Map<number, string>();
  for (const [name, { id }] of Object.entries(entries)) {
    const other = names.get(id);
    if (other !== undefined) throw new InvalidDeploymentError(`${path}.${name}.id`, `another than ${other}'s`, id);
    names.set(id, name);
  }
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

function asRecord<entry>(
  path: string,
  value: unknown,
  asEntry: (path: string, value: unknown) => entry,
): Readonly<Record<string, entry>> {
  const entries = Object.entries(asObject(path, value));
  return Object.fromEntries(entries.map(([name, entry]) => [name, asEntry(`${path}.${name}`, entry)]));
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
