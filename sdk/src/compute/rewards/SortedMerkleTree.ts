import { concat, type Hex, keccak256 } from "viem";

/**
 * A Merkle tree whose pairs are hashed in ascending order, so that a proof needs no sides: OpenZeppelin's `MerkleProof`
 * verifies it, and the root is that of its `StandardMerkleTree` over the same leaf hashes. The order in which leaves are
 * given does not matter.
 */
export class SortedMerkleTree {
  /** The root first, the node at `i` above those at `2i + 1` and `2i + 2`. */
  readonly #nodes: readonly Hex[];
  readonly #places = new Map<Hex, number>();

  /** @throws RangeError when there are no leaves, or one of them twice. */
  constructor(leaves: readonly Hex[]) {
    if (leaves.length === 0) throw new RangeError("A Merkle tree without leaves has no root.");
    const sorted = leaves.map((leaf) => leaf.toLowerCase() as Hex).sort();
    const nodes = new Array<Hex>(2 * sorted.length - 1);
    for (const [i, leaf] of sorted.entries()) {
      const place = nodes.length - 1 - i;
      nodes[place] = leaf;
      if (this.#places.has(leaf)) throw new RangeError(`Leaf ${leaf} is there twice.`);
      this.#places.set(leaf, place);
    }
    for (let i = sorted.length - 2; i >= 0; --i) nodes[i] = parentOf(at(nodes, 2 * i + 1), at(nodes, 2 * i + 2));
    this.#nodes = nodes;
  }

  get root(): Hex {
    return at(this.#nodes, 0);
  }

  /**
   * The neighbours from the leaf up.
   * @throws RangeError when the leaf is not in the tree.
   */
  prove(leaf: Hex): Hex[] {
    let place = this.#places.get(leaf.toLowerCase() as Hex);
    if (place === undefined) throw new RangeError(`Leaf ${leaf} is not in the tree.`);
    const proof: Hex[] = [];
    for (; place > 0; place = (place - 1) >> 1) {
      proof.push(at(this.#nodes, place % 2 === 1 ? place + 1 : place - 1));
    }
    return proof;
  }
}

/** Whether `proof` leads from `leaf` to `root`. */
export function verifySortedProof(root: Hex, leaf: Hex, proof: readonly Hex[]): boolean {
  return proof.reduce(parentOf, leaf.toLowerCase() as Hex) === root.toLowerCase();
}

function parentOf(a: Hex, b: Hex): Hex {
  return keccak256(concat(a.toLowerCase() < b.toLowerCase() ? [a, b] : [b, a]));
}

/** @throws RangeError when there is no such node. */
function at(nodes: readonly Hex[], place: number): Hex {
  const node = nodes[place];
  if (node === undefined) throw new RangeError(`The tree has no node ${place}.`);
  return node;
}
