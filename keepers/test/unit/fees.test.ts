import assert from "node:assert/strict";
import { test } from "node:test";

import { bumpFees, suggestFees } from "../../src/engine/chain/fees.ts";

const policy = { cap: 1000n, minTip: 1n };

test("a suggestion leaves the base fee a quarter to rise, adds the tip, and stays under the cap", () => {
  assert.deepEqual(suggestFees(400n, 10n, policy), { maxFee: 510n, priorityFee: 10n });
  assert.deepEqual(suggestFees(900n, 10n, policy), { maxFee: 1000n, priorityFee: 10n });
});

test("a base fee at which the least tip still fits is taken, one above is not", () => {
  assert.deepEqual(suggestFees(999n, 1n, policy), { maxFee: 1000n, priorityFee: 1n });
  assert.equal(suggestFees(1000n, 1n, policy), undefined);
});

test("a tip of zero is raised to the least, because zero cannot be bumped", () => {
  assert.equal(suggestFees(0n, 0n, policy)?.priorityFee, 1n);
});

test("a bump is 12 % of both, rounded up", () => {
  assert.deepEqual(bumpFees({ maxFee: 101n, priorityFee: 1n }, undefined, policy), { maxFee: 114n, priorityFee: 2n });
});

test("a bump is no lower than what the network asks for now", () => {
  assert.deepEqual(bumpFees({ maxFee: 100n, priorityFee: 10n }, { maxFee: 300n, priorityFee: 5n }, policy), {
    maxFee: 300n,
    priorityFee: 12n,
  });
});

test("the last bump that fits under the cap is made, the next is not", () => {
  assert.deepEqual(bumpFees({ maxFee: 892n, priorityFee: 1n }, undefined, policy), { maxFee: 1000n, priorityFee: 2n });
  assert.equal(bumpFees({ maxFee: 893n, priorityFee: 1n }, undefined, policy), undefined);
});

test("what the network asks above the cap becomes the cap, as long as that is a full bump", () => {
  const wanted = { maxFee: 5000n, priorityFee: 5000n };
  assert.deepEqual(bumpFees({ maxFee: 500n, priorityFee: 100n }, wanted, policy), { maxFee: 1000n, priorityFee: 112n });
});
