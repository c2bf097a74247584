import type { Address } from "viem";

import { defaults, feeds } from "../parameters.ts";
import { ParameterFile } from "./ParameterFile.ts";
import { PATH_FIELDS, type PathParameters, readPath } from "./readPath.ts";

/** The sender on Ethereum. */
export interface SenderParameters {
  path: PathParameters;
  /** LayerZero's, on this chain. */
  executor: Address;
  /** Bytes. */
  maxMessageSize: bigint;
  /** Gas of a delivery on peaq, and what each price adds to it. */
  baseGas: bigint;
  gasPerFeed: bigint;
  /** By the feed's description; none where demo aggregators are deployed. */
  aggregators: Readonly<Record<string, Address>>;
}

const KNOWN = {
  Sender: [...PATH_FIELDS, "executor", "maxMessageSize", "baseGas", "gasPerFeed"],
  Aggregators: "any",
} as const;

/**
 * Reads the parameter file of a network on the Ethereum side.
 * @throws Error that names file and field for anything unknown or malformed.
 */
export function readSenderParameters(path: string): SenderParameters {
  const file = new ParameterFile(path, KNOWN);
  return {
    path: readPath(file, "Sender"),
    executor: file.requiredAddress("Sender", "executor"),
    maxMessageSize: file.count("Sender", "maxMessageSize", defaults.maxMessageSize, [200n, 65_535n]),
    baseGas: file.count("Sender", "baseGas", defaults.baseGas, [60_000n, 5_000_000n]),
    gasPerFeed: file.count("Sender", "gasPerFeed", defaults.gasPerFeed, [20_000n, 5_000_000n]),
    aggregators: Object.fromEntries(
      file.fields("Aggregators").map(([name, value]) => {
        if (feeds[name] === undefined) throw file.error(`Aggregators knows no feed ${name}`);
        return [name, file.asAddress(`Aggregators.${name}`, value)];
      }),
    ),
  };
}
