import assert from "node:assert/strict";
import { test } from "node:test";

import { size } from "viem";

import { PERMIT2_ADDRESS, permit2Bytecode } from "../permit2.ts";

/** What the package carries: the domain separator cached for chain 31337, which no local chain may be given. */
const CACHED_FOR_31337 = "467f0000000000000000000000000000000000000000000000000000000000007a69";
const CACHED_FOR_ETHEREUM = "467f0000000000000000000000000000000000000000000000000000000000000001";

test("Permit2 comes as it is on Ethereum, and computes its domain separator on every other chain", () => {
  const code = permit2Bytecode();
  assert.equal(size(code), 9_152);
  assert.ok(code.includes(CACHED_FOR_ETHEREUM), "the cached chain is Ethereum");
  assert.ok(!code.includes(CACHED_FOR_31337), "and not a local one");
  assert.equal(PERMIT2_ADDRESS, "0x000000000022D473030F116dDEE9F6B43aC78BA3");
});
