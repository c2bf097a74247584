import { encodePacked, type Hex, keccak256 } from "viem";

/** A node of a usage tree: a hash and the cost of all receipts below it, in 1e-12 USD. */
export interface UsageNode {
  readonly hash: Hex;
  readonly sum: bigint;
}

const MAX_SUM = (1n << 128n) - 1n;

/**
 * The leaf of a receipt.
 * @param receiptHash the digest that the machine key signs
 * @param cost 1e-12 USD
 */
export function usageLeaf(receiptHash: Hex, cost: bigint): UsageNode {
  return { hash: keccak256(encodePacked(["uint8", "bytes32", "uint128"], [0, receiptHash, cost])), sum: cost };
}

/**
 * The node above two.
 * @throws RangeError when the sum does not fit 128 bits.
 */
export function usageParent(left: UsageNode, right: UsageNode): UsageNode {
  const sum = left.sum + right.sum;
  if (sum > MAX_SUM) throw new RangeError(`A usage tree's sum of ${sum} does not fit 128 bits.`);
  const packed = encodePacked(
    ["uint8", "bytes32", "uint128", "bytes32", "uint128"],
    [1, left.hash, left.sum, right.hash, right.sum],
  );
  return { hash: keccak256(packed), sum };
}

/** The `usageRoot` of a voucher, over a tree's top node. */
export function usageRootOf(top: UsageNode, leaves: bigint): Hex {
  return keccak256(encodePacked(["uint8", "bytes32", "uint128", "uint64"], [2, top.hash, top.sum, leaves]));
}
