import { encodeAbiParameters, type Hex, keccak256 } from "viem";

import type { ComputeDomain } from "../types.ts";
import { SortedMerkleTree } from "./SortedMerkleTree.ts";

/** Whom a leaf pays. */
export const REWARD_KINDS = { account: 0, pool: 1 } as const;

/** Whom a leaf pays: an account, or the delegation pool of a provision. */
export type RewardKind = keyof typeof REWARD_KINDS;

/** All that somebody has earned in all epochs. */
export interface RewardLeaf {
  readonly kind: RewardKind;
  /** The account's address as a number, or the provision's id. */
  readonly account: bigint;
  /** Units of UNXV, what was claimed included. */
  readonly cumulative: bigint;
}

const LEAF = ["uint256", "address", "uint256", "uint256", "uint256"].map((type) => ({ type }));

/** The hash of a leaf, for the `RewardsDistributor` at `domain` alone. */
export function rewardLeafHash(domain: ComputeDomain, leaf: RewardLeaf): Hex {
  const { kind, account, cumulative } = leaf;
  const fields = [BigInt(domain.chainId), domain.contract, BigInt(REWARD_KINDS[kind]), account, cumulative];
  return keccak256(keccak256(encodeAbiParameters(LEAF, fields)));
}

/**
 * The tree over all leaves of an epoch.
 * @throws RangeError when there are none.
 */
export function rewardTree(domain: ComputeDomain, leaves: readonly RewardLeaf[]): SortedMerkleTree {
  return new SortedMerkleTree(leaves.map((leaf) => rewardLeafHash(domain, leaf)));
}
