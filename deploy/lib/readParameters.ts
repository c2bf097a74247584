import type { Address } from "viem";

import { computeDefaults } from "../computeParameters.ts";
import { bounds, defaults, type Feed, type Market } from "../parameters.ts";
import { ParameterFile } from "./ParameterFile.ts";
import { readFeeds } from "./readFeeds.ts";
import { readMarkets } from "./readMarkets.ts";
import { PATH_FIELDS, type PathParameters, readPath } from "./readPath.ts";

/** The oracle on peaq. */
export interface OracleParameters {
  /** How prices arrive. */
  path: PathParameters;
  /** Of this chain, milliseconds. */
  blockTime: bigint;
  /** By description. */
  feeds: Readonly<Record<string, Feed>>;
}

export interface LendParameters {
  /** By symbol; deployed where the token and a feed for it are there. */
  markets: Readonly<Record<string, Market>>;
  /** Millionths. */
  flashFee: bigint;
}

/** The compute marketplace. */
export interface ComputeParameters {
  /** Gets all UNXV. */
  unxvHolder: Address;
  /** Judges what no evidence shows, and challenged roots. */
  arbitrator: Address;
  /** Measure provisions; ascending. */
  attesters: readonly Address[];
  /** How many of them must agree. */
  quorum: bigint;
}

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
  /** Without it neither oracle nor lending is deployed. */
  oracle?: OracleParameters;
  lend: LendParameters;
  /** Without it the compute marketplace is not deployed. */
  compute?: ComputeParameters;
}

const KNOWN = {
  Access: ["governance", "guardian", "timelockDelay"],
  Dex: ["takerFee", "permit2", "wrappedCoin"],
  Tokens: "any",
  Oracle: [...PATH_FIELDS, "blockTime", "feeds"],
  Lend: "any",
  Compute: ["unxvHolder", "arbitrator", "attesters", "quorum"],
} as const;

/**
 * Reads the parameter file of a network with peaq's contracts.
 * @param rehearsed the oracle's path in a rehearsal, where LayerZero lies elsewhere
 * @throws Error that names file and field for anything unknown or malformed.
 */
export function readParameters(path: string, rehearsed?: PathParameters): SuiteParameters {
  const file = new ParameterFile(path, KNOWN);
  const governance = file.address("Access", "governance");
  const guardian = file.address("Access", "guardian");
  const wrappedCoin = file.address("Dex", "wrappedCoin");
  return {
    ...(governance && { governance }),
    ...(guardian && { guardian }),
    ...(wrappedCoin && { wrappedCoin }),
    timelockDelay: file.count("Access", "timelockDelay", defaults.timelockDelay),
    takerFee: file.count("Dex", "takerFee", defaults.takerFee),
    permit2: file.address("Dex", "permit2") ?? defaults.permit2,
    tokens: Object.fromEntries(
      file.fields("Tokens").map(([symbol, value]) => [symbol, file.asAddress(`Tokens.${symbol}`, value)]),
    ),
    ...((file.has("Oracle") || rehearsed !== undefined) && {
      oracle: {
        path: rehearsed ?? readPath(file, "Oracle"),
        blockTime: file.count("Oracle", "blockTime", defaults.blockTime, bounds.blockTime),
        feeds: readFeeds(file, "Oracle"),
      },
    }),
    lend: {
      markets: readMarkets(file, "Lend"),
      flashFee: file.count("Lend", "flashFee", defaults.flashFee, bounds.flashFee),
    },
    ...(file.has("Compute") && { compute: readCompute(file) }),
  };
}

/** As the hub bounds them: a majority of at most 16. */
function readCompute(file: ParameterFile): ComputeParameters {
  const attesters = file.addresses("Compute", "attesters");
  const count = BigInt(attesters.length);
  const [least, most] = computeDefaults.attesters;
  if (count < least || count > most) throw file.error(`Compute.attesters are not ${least} to ${most}`);
  return {
    unxvHolder: file.requiredAddress("Compute", "unxvHolder"),
    arbitrator: file.requiredAddress("Compute", "arbitrator"),
    attesters,
    quorum: file.count("Compute", "quorum", computeDefaults.quorum, [count / 2n + 1n, count]),
  };
}
