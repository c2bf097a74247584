import assert from "node:assert/strict";
import { test } from "node:test";

import { type Hex, keccak256, numberToHex } from "viem";

import { usageLeaf, type UsageNode, usageParent, usageRootOf, UsageTree, verifyUsageProof } from "../src/index.ts";
import { readVectors } from "./support/readVectors.ts";

const receiptHash = (i: number): Hex => keccak256(numberToHex(i, { size: 32 }));
const cost = (i: number): bigint => BigInt((i * 7919) % 1_000_003);

/** The tree as the page defines it: pairs from the left, an odd node moves up. */
function rootOfAll(leaves: readonly UsageNode[]): Hex {
  let level = leaves;
  while (level.length > 1) {
    level = level.flatMap((node, i) => {
      if (i % 2 === 1) return [];
      const right = level[i + 1];
      return [right === undefined ? node : usageParent(node, right)];
    });
  }
  const [top] = level;
  assert.ok(top !== undefined);
  return usageRootOf(top, BigInt(leaves.length));
}

test("a usage tree that grows one by one has the root of the tree over all of its receipts", () => {
  const tree = new UsageTree();
  const leaves: UsageNode[] = [];
  let total = 0n;
  for (let i = 0; i < 70; ++i) {
    tree.append(receiptHash(i), cost(i));
    leaves.push(usageLeaf(receiptHash(i), cost(i)));
    total += cost(i);
    assert.equal(tree.root(), rootOfAll(leaves), `${i + 1} receipts`);
    assert.equal(tree.total, total);
    assert.equal(tree.size, i + 1);
  }
});

test("every receipt of trees of 1 to 33 is proved, and nothing else is", () => {
  for (let size = 1; size <= 33; ++size) {
    const tree = new UsageTree();
    for (let i = 0; i < size; ++i) tree.append(receiptHash(i), cost(i));
    const usageRoot = tree.root();
    for (let i = 0; i < size; ++i) {
      const proof = tree.prove(i);
      const shown = { usageRoot, receiptHash: receiptHash(i), cost: cost(i), proof };
      assert.equal(verifyUsageProof(shown), true, `${i} of ${size}`);
      assert.equal(verifyUsageProof({ ...shown, cost: cost(i) + 1n }), false, "another cost");
      assert.equal(verifyUsageProof({ ...shown, receiptHash: receiptHash(i + 1) }), false, "another receipt");
      assert.equal(
        verifyUsageProof({ ...shown, proof: { ...proof, leaves: proof.leaves + 1n } }),
        false,
        "more leaves",
      );
      if (size > 1) {
        const other = { ...proof, index: (proof.index + 1n) % proof.leaves };
        assert.equal(verifyUsageProof({ ...shown, proof: other }), false, "another place");
        assert.equal(verifyUsageProof({ ...shown, proof: { ...proof, siblings: [] } }), false, "no siblings");
      }
      const beyond = { ...proof, siblings: [...proof.siblings, usageLeaf(receiptHash(99), 0n)] };
      assert.equal(verifyUsageProof({ ...shown, proof: beyond }), false, "one sibling more");
    }
    assert.throws(() => tree.prove(size), RangeError);
  }
});

test("an empty usage tree has no root, no total and no proof", () => {
  const tree = new UsageTree();
  assert.equal(tree.total, 0n);
  assert.throws(() => tree.root(), /without receipts/);
  assert.throws(() => tree.prove(0), RangeError);
  assert.throws(() => tree.prove(-1), RangeError);
});

test("a sum beyond 128 bits is refused", () => {
  const tree = new UsageTree();
  tree.append(receiptHash(0), (1n << 128n) - 1n);
  assert.throws(() => tree.append(receiptHash(1), 1n), /does not fit 128 bits/);
});

/** The same numbers are in test/compute/UsageTree.t.sol, against the contracts' library. */
test("the roots and totals of trees are those of the shared vectors", () => {
  const { roots } = readVectors("usageTree.json") as { roots: { leaves: bigint; total: bigint; root: Hex }[] };
  assert.equal(roots.length, 8);
  for (const { leaves, total, root } of roots) {
    const tree = new UsageTree();
    for (let i = 0; i < leaves; ++i) tree.append(receiptHash(i), cost(i));
    assert.equal(tree.root(), root, `${leaves} receipts`);
    assert.equal(tree.total, total);
  }
});
