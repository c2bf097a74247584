import assert from "node:assert/strict";
import { test } from "node:test";

import { isExpired, NO_EXPIRY, packOrderId, unpackOrderId } from "../src/index.ts";
import { Random } from "./support/random.ts";

const maker = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

test("packOrderId lays out maker, nonce and expiry", () => {
  assert.equal(
    packOrderId({ maker, nonce: 1n, expiry: 2 }),
    0x70997970c51812dc3a010c7d01b50e0d17dc79c8_0000000000000001_00000002n,
  );
});

test("unpackOrderId undoes packOrderId", () => {
  const random = new Random(1);
  for (let i = 0; i < 200; ++i) {
    const parts = { maker, nonce: random.anySize(64), expiry: random.int(0, NO_EXPIRY) } as const;
    assert.deepEqual(unpackOrderId(packOrderId(parts)), parts);
  }
});

test("packOrderId accepts the bounds and refuses what is beyond them", () => {
  const most = { maker, nonce: (1n << 64n) - 1n, expiry: NO_EXPIRY } as const;
  assert.deepEqual(unpackOrderId(packOrderId(most)), most);
  assert.throws(() => packOrderId({ ...most, nonce: 1n << 64n }), RangeError);
  assert.throws(() => packOrderId({ ...most, nonce: -1n }), RangeError);
  assert.throws(() => packOrderId({ ...most, expiry: NO_EXPIRY + 1 }), RangeError);
  assert.throws(() => packOrderId({ ...most, expiry: 1.5 }), RangeError);
});

test("unpackOrderId keeps leading zeroes of the maker and refuses what is no uint256", () => {
  assert.equal(unpackOrderId(0n).maker, "0x0000000000000000000000000000000000000000");
  assert.throws(() => unpackOrderId(1n << 256n), RangeError);
  assert.throws(() => unpackOrderId(-1n), RangeError);
});

test("isExpired turns at the expiry, and in 2106 for an order without one", () => {
  const id = packOrderId({ maker, nonce: 0n, expiry: 1000 });
  assert.equal(isExpired(id, 999n), false);
  assert.equal(isExpired(id, 1000n), true);
  const endless = packOrderId({ maker, nonce: 0n, expiry: NO_EXPIRY });
  assert.equal(isExpired(endless, BigInt(NO_EXPIRY) - 1n), false);
  assert.equal(isExpired(endless, BigInt(NO_EXPIRY)), true);
});
