import type { Hex } from "viem";

import { type UsageNode, usageLeaf, usageParent, usageRootOf } from "./nodes.ts";
import type { UsageProof } from "./UsageTree.ts";

/** Whether `proof` shows a receipt of that digest and cost under `usageRoot`. */
export function verifyUsageProof(parameters: {
  readonly usageRoot: Hex;
  readonly receiptHash: Hex;
  /** 1e-12 USD. */
  readonly cost: bigint;
  readonly proof: UsageProof;
}): boolean {
  const { usageRoot, receiptHash, cost, proof } = parameters;
  if (proof.index < 0n || proof.index >= proof.leaves) return false;
  const siblings = [...proof.siblings];
  let node: UsageNode = usageLeaf(receiptHash, cost);
  for (let index = proof.index, width = proof.leaves; width > 1n; index >>= 1n, width = (width + 1n) >> 1n) {
    if (index === width - 1n && index % 2n === 0n) continue;
    const sibling = siblings.shift();
    if (sibling === undefined) return false;
    node = index % 2n === 0n ? usageParent(node, sibling) : usageParent(sibling, node);
  }
  return siblings.length === 0 && usageRootOf(node, proof.leaves) === usageRoot;
}
