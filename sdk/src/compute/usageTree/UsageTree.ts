import type { Hex } from "viem";

import { type UsageNode, usageLeaf, usageParent, usageRootOf } from "./nodes.ts";

/** What shows that a receipt is in a usage tree. */
export interface UsageProof {
  /** The leaf's place, counted from 0. */
  readonly index: bigint;
  readonly leaves: bigint;
  readonly top: UsageNode;
  /** From the leaf up; a level where the node has no neighbour has none. */
  readonly siblings: readonly UsageNode[];
}

/**
 * The receipts of a collection in the order of their counters, and their cost. Grows by one receipt in logarithmic
 * time, so that a gateway can sign a new root after every request.
 */
export class UsageTree {
  readonly #levels: UsageNode[][] = [];

  /** Receipts in it. */
  get size(): number {
    return this.#leaves.length;
  }

  /** The cost of all receipts, in 1e-12 USD. */
  get total(): bigint {
    return this.size === 0 ? 0n : this.#top.sum;
  }

  /** Adds the next receipt, by the digest that its machine key signed and its cost in 1e-12 USD. */
  append(receiptHash: Hex, cost: bigint): void {
    let index = this.size;
    this.#leaves.push(usageLeaf(receiptHash, cost));
    for (let level = 0; this.#width(level) > 1; level++) {
      const parent = index >> 1;
      this.#level(level + 1)[parent] = this.#parentAt(level, parent);
      index = parent;
    }
  }

  /**
   * The `usageRoot` for a voucher.
   * @throws RangeError when the tree is empty.
   */
  root(): Hex {
    if (this.size === 0) throw new RangeError("A usage tree without receipts has no root.");
    return usageRootOf(this.#top, BigInt(this.size));
  }

  /**
   * Shows that the receipt at `index` is in the tree.
   * @throws RangeError when there is none.
   */
  prove(index: number): UsageProof {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) {
      throw new RangeError(`The usage tree has ${this.size} receipts, and none at ${index}.`);
    }
    const siblings: UsageNode[] = [];
    for (let level = 0, at = index; this.#width(level) > 1; level++, at >>= 1) {
      const sibling = this.#levels[level]?.[at ^ 1];
      if (sibling !== undefined) siblings.push(sibling);
    }
    return { index: BigInt(index), leaves: BigInt(this.size), top: this.#top, siblings };
  }

  get #leaves(): UsageNode[] {
    return this.#level(0);
  }

  get #top(): UsageNode {
    return this.#at(this.#levels.length - 1, 0);
  }

  #width(level: number): number {
    return this.#levels[level]?.length ?? 0;
  }

  #level(level: number): UsageNode[] {
    return (this.#levels[level] ??= []);
  }

  /** @throws RangeError when there is no such node. */
  #at(level: number, index: number): UsageNode {
    const node = this.#levels[level]?.[index];
    if (node === undefined) throw new RangeError(`The usage tree has no node ${index} at level ${level}.`);
    return node;
  }

  #parentAt(level: number, parent: number): UsageNode {
    const left = this.#at(level, 2 * parent);
    const right = this.#levels[level]?.[2 * parent + 1];
    return right === undefined ? left : usageParent(left, right);
  }
}
