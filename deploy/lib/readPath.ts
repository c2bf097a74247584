import type { Address } from "viem";

import { defaults } from "../parameters.ts";
import type { ParameterFile } from "./ParameterFile.ts";

/** One end of a LayerZero path: which library, and whose signatures it asks for. */
export interface PathParameters {
  /** LayerZero's, on this chain. */
  endpoint: Address;
  /** The message library of this end. */
  library: Address;
  /** LayerZero's id of the chain at the other end. */
  remoteEid: number;
  /** Blocks of Ethereum before verifiers sign. */
  confirmations: bigint;
  /** Ascending, at least two. */
  requiredDVNs: readonly Address[];
  optionalDVNs: readonly Address[];
  /** How many of the optional ones must sign. */
  optionalThreshold: number;
}

export const PATH_FIELDS = [
  "endpoint",
  "library",
  "remoteEid",
  "confirmations",
  "requiredDVNs",
  "optionalDVNs",
  "optionalThreshold",
] as const;

/** @throws Error for what is malformed, a verifier named twice, or a threshold that cannot be met */
export function readPath(file: ParameterFile, section: string): PathParameters {
  const requiredDVNs = file.addresses(section, "requiredDVNs");
  const optionalDVNs = file.addresses(section, "optionalDVNs");
  const twice = optionalDVNs.find((dvn) => requiredDVNs.includes(dvn));
  if (twice !== undefined) throw file.error(`${section} names ${twice} among the required and the optional verifiers`);
  const most = BigInt(optionalDVNs.length);
  return {
    endpoint: file.requiredAddress(section, "endpoint"),
    library: file.requiredAddress(section, "library"),
    remoteEid: Number(file.count(section, "remoteEid", undefined, [1n, 2n ** 32n - 1n])),
    confirmations: file.count(section, "confirmations", defaults.confirmations, [1n, 10_000n]),
    requiredDVNs,
    optionalDVNs,
    optionalThreshold: Number(file.count(section, "optionalThreshold", most, [most === 0n ? 0n : 1n, most])),
  };
}
