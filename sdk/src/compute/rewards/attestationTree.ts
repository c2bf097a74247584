import { encodeAbiParameters, type Hex, keccak256 } from "viem";

import { EPOCH_HOURS } from "./epochs.ts";
import type { Usage } from "./points.ts";
import { SortedMerkleTree } from "./SortedMerkleTree.ts";

/** What an attester measured of a provision in an hour. */
export interface Attestation extends Usage {
  readonly provisionId: bigint;
  /** Of the epoch, 0 to 167. */
  readonly hour: number;
  /** In ppm. */
  readonly uptimePpm: bigint;
  /** The median time to the first token, in milliseconds. */
  readonly p50Ms: bigint;
  readonly failures: bigint;
}

const LEAF = Array.from({ length: 8 }, () => ({ type: "uint256" }));

/**
 * The hash of a leaf of an attester's tree.
 * @throws RangeError when an epoch has no such hour.
 */
export function attestationLeafHash(leaf: Attestation): Hex {
  if (!Number.isInteger(leaf.hour) || leaf.hour < 0 || leaf.hour >= EPOCH_HOURS) {
    throw new RangeError(`An epoch has no hour ${leaf.hour}.`);
  }
  const fields = [
    leaf.provisionId,
    BigInt(leaf.hour),
    leaf.requests,
    leaf.inputTokens,
    leaf.outputTokens,
    leaf.uptimePpm,
    leaf.p50Ms,
    leaf.failures,
  ];
  return keccak256(keccak256(encodeAbiParameters(LEAF, fields)));
}

/**
 * The tree over all that an attester measured in an epoch.
 * @throws RangeError when there is nothing, or one leaf twice.
 */
export function attestationTree(leaves: readonly Attestation[]): SortedMerkleTree {
  return new SortedMerkleTree(leaves.map(attestationLeafHash));
}
