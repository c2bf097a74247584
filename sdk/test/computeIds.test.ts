import assert from "node:assert/strict";
import { test } from "node:test";

import { zeroAddress, zeroHash } from "viem";

import {
  COLLECTION_KINDS,
  type CollectionKind,
  didDocument,
  didOf,
  dueUnits,
  packCollectionId,
  packProvisionId,
  receiptCost,
  unpackCollectionId,
  unpackProvisionId,
  type Voucher,
  voucherRefusal,
} from "../src/index.ts";
import { Random } from "./support/random.ts";

const provider = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const payer = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const kinds = Object.keys(COLLECTION_KINDS) as CollectionKind[];

test("a provision's id lays out provider and index, and is read back", () => {
  assert.equal(
    packProvisionId({ provider, index: 2 }),
    0x70997970c51812dc3a010c7d01b50e0d17dc79c8_00000002_0000000000000000n,
  );
  for (const index of [1, 7, 0xffff_ffff]) {
    assert.deepEqual(unpackProvisionId(packProvisionId({ provider, index })), { provider, index });
  }
});

test("no provision has index 0, one beyond 32 bits or anything below the index", () => {
  for (const index of [0, -1, 1.5, 2 ** 32]) assert.throws(() => packProvisionId({ provider, index }), RangeError);
  const id = packProvisionId({ provider, index: 1 });
  assert.throws(() => unpackProvisionId(id + 1n), RangeError);
  assert.throws(() => unpackProvisionId(id - (1n << 64n)), RangeError);
  assert.throws(() => unpackProvisionId(1n << 256n), RangeError);
  assert.throws(() => unpackProvisionId(-1n), RangeError);
});

test("a collection's id undoes itself for every kind", () => {
  const random = new Random(7);
  for (const kind of kinds) {
    for (let i = 0; i < 50; ++i) {
      const parts = { provider, index: random.int(1, 0xffff_ffff), kind, period: random.anySize(56) } as const;
      assert.deepEqual(unpackCollectionId(packCollectionId(parts)), parts);
    }
  }
});

test("a dirty collection id is refused", () => {
  const id = BigInt(packCollectionId({ provider, index: 1, kind: "usage", period: 3n }));
  const hex = (n: bigint) => `0x${n.toString(16).padStart(64, "0")}` as const;
  assert.throws(() => unpackCollectionId(hex(id | (4n << 56n))), /unknown kind/);
  assert.throws(() => unpackCollectionId(hex(id - (1n << 64n))), RangeError);
  assert.throws(() => unpackCollectionId("0x01"), /not 32 bytes/);
  assert.throws(() => packCollectionId({ provider, index: 1, kind: "usage", period: 1n << 56n }), RangeError);
  assert.throws(() => packCollectionId({ provider, index: 1, kind: "usage", period: -1n }), RangeError);
});

test("dueUnits rounds a collection's whole value up once, and never below nothing", () => {
  assert.equal(dueUnits({ valueAggregate: 0n, collected: 0n }), 0n);
  assert.equal(dueUnits({ valueAggregate: 1n, collected: 0n }), 1n);
  assert.equal(dueUnits({ valueAggregate: 1_000_000n, collected: 0n }), 1n);
  assert.equal(dueUnits({ valueAggregate: 1_000_001n, collected: 0n }), 2n);
  assert.equal(dueUnits({ valueAggregate: 1_000_001n, collected: 1n }), 1n);
  assert.equal(dueUnits({ valueAggregate: 1_000_001n, collected: 2n }), 0n);
  assert.equal(dueUnits({ valueAggregate: 1_000_001n, collected: 9n }), 0n);
});

test("receiptCost multiplies tokens and prices exactly", () => {
  const priced = { inputTokens: 1_000n, outputTokens: 500n, inputPrice: 150_000n, outputPrice: 300_000n };
  assert.equal(receiptCost(priced), 300_000_000n);
});

test("voucherRefusal says what the collector would refuse, and nothing about a good one", () => {
  const voucher: Voucher = {
    payer,
    provider,
    collectionId: packCollectionId({ provider, index: 1, kind: "usage", period: 1n }),
    valueAggregate: 1n,
    timestamp: 1_000n,
    usageRoot: zeroHash,
  };
  assert.equal(voucherRefusal(voucher, 940n), undefined);
  assert.match(voucherRefusal(voucher, 939n) ?? "", /61 s ahead/);
  assert.match(voucherRefusal({ ...voucher, payer: zeroAddress }, 1_000n) ?? "", /no payer/);
  assert.match(voucherRefusal({ ...voucher, provider: payer }, 1_000n) ?? "", /collection is of provider/);
  assert.match(voucherRefusal({ ...voucher, valueAggregate: 1n << 128n }, 1_000n) ?? "", /128 bits/);
  const plan = packCollectionId({ provider, index: 1, kind: "plan", period: 1n });
  assert.match(voucherRefusal({ ...voucher, collectionId: plan }, 1_000n) ?? "", /from the plan/);
  assert.match(voucherRefusal({ ...voucher, collectionId: zeroHash }, 1_000n) ?? "", /counted from 1/);
});

test("a machine's DID names chain, registry, provider and key, and its document the key that signs", () => {
  const machine = { chainId: 3338, registry: payer, provider, machineKey: payer } as const;
  const did = didOf(machine);
  assert.match(did, /^did:peaq:evm:0x[0-9a-f]{64}$/);
  for (const other of [{ chainId: 9990 }, { registry: provider }, { provider: payer }, { machineKey: provider }]) {
    assert.notEqual(didOf({ ...machine, ...other } as typeof machine), did);
  }
  const document = didDocument(machine);
  assert.equal(document.id, did);
  assert.equal(document.controller, `did:peaq:${provider}`);
  assert.deepEqual(document.alsoKnownAs, [`did:peaq:${payer}`]);
  assert.equal(document.verificationMethod[0]?.blockchainAccountId, `eip155:3338:${payer}`);
  assert.deepEqual(document.authentication, [document.verificationMethod[0]?.id]);
  assert.equal(document.service, undefined);
  assert.equal(
    didDocument({ ...machine, endpoint: "https://a.example" }).service?.[0]?.serviceEndpoint,
    "https://a.example",
  );
});
