import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { hashTypedData, zeroHash } from "viem";

import {
  dueUnits,
  hashVoucher,
  packCollectionId,
  paymentsEscrowAbi,
  raiseTypedData,
  releaseTypedData,
  signerProofTypedData,
  signerRegistryAbi,
  UsageTree,
  type Voucher,
  voucherCollectorAbi,
  voucherRefusal,
} from "../src/index.ts";
import { startChain, type TestChain, testAccount } from "./support/chain.ts";
import { deployPayments, type TestPayments } from "./support/deployPayments.ts";

const USDC = 10n ** 6n;
/** 1 USD in a voucher's value. */
const VALUE = 10n ** 12n;
const [PAYER, SIGNER, PROVIDER] = [1, 2, 3] as const;
const NO_CAPS = { perDay: 100n * USDC, total: 500n * USDC, providers: zeroHash };

let chain: TestChain;
let payments: TestPayments;

before(async () => {
  chain = await startChain();
  payments = await deployPayments(chain);
});

after(() => chain.stop());

const addressOf = (index: number) => testAccount(index).address;
const domainOf = (contract: `0x${string}`) => ({ chainId: chain.client.chain.id, contract });
const now = async () => (await chain.client.getBlock()).timestamp;

async function voucherOf(value: bigint): Promise<Voucher> {
  const provider = addressOf(PROVIDER);
  const tree = new UsageTree();
  tree.append(zeroHash, value);
  return {
    payer: addressOf(PAYER),
    provider,
    collectionId: packCollectionId({ provider, index: 1, kind: "usage", period: 7n }),
    valueAggregate: value,
    timestamp: await now(),
    usageRoot: tree.root(),
  };
}

async function collect(voucher: Voucher, signer: number) {
  const at = { address: payments.collector, abi: voucherCollectorAbi } as const;
  const digest = hashVoucher(domainOf(payments.collector), voucher);
  const signature = await testAccount(signer).sign?.({ hash: digest });
  assert.ok(signature !== undefined);
  const items = [{ voucher, signer: addressOf(signer), signature }];
  const { result } = await chain.client.simulateContract({ ...at, functionName: "collect", args: [items] });
  await chain.wallet(0).writeContract({ ...at, functionName: "collect", args: [items] });
  return result[0];
}

async function reserved(): Promise<bigint> {
  const [amount] = await chain.client.readContract({
    address: payments.escrow,
    abi: paymentsEscrowAbi,
    functionName: "reservationOf",
    args: [addressOf(PAYER), addressOf(PROVIDER)],
  });
  return amount;
}

test("a voucher's digest is the contract's", async () => {
  const voucher = await voucherOf(3n * VALUE);
  const digest = await chain.client.readContract({
    address: payments.collector,
    abi: voucherCollectorAbi,
    functionName: "hashVoucher",
    args: [voucher],
  });
  assert.equal(hashVoucher(domainOf(payments.collector), voucher), digest);
});

test("what the SDK signs authorises a signer, raises, collects and releases", async () => {
  const [payer, signer, provider] = [addressOf(PAYER), addressOf(SIGNER), addressOf(PROVIDER)];
  const deadline = (await now()) + 3_600n;
  const registry = { address: payments.signers, abi: signerRegistryAbi } as const;
  const proof = await testAccount(SIGNER).signTypedData?.(
    signerProofTypedData(domainOf(payments.signers), { payer, signer, deadline }),
  );
  assert.ok(proof !== undefined);
  const expires = Number(deadline) + 86_400;
  await chain
    .wallet(PAYER)
    .writeContract({ ...registry, functionName: "authorise", args: [signer, expires, 1, NO_CAPS, deadline, proof] });

  const raise = { payer, provider, amount: 50n * USDC, nonce: 0n, deadline };
  const raised = await testAccount(SIGNER).signTypedData?.(raiseTypedData(domainOf(payments.signers), raise));
  assert.ok(raised !== undefined);
  await chain.wallet(0).writeContract({
    ...registry,
    functionName: "raiseBySignature",
    args: [payer, signer, provider, raise.amount, deadline, [], raised],
  });
  assert.equal(await reserved(), 50n * USDC);

  const voucher = await voucherOf(12n * VALUE + 1n);
  assert.equal(voucherRefusal(voucher, await now()), undefined);
  const due = dueUnits({ valueAggregate: voucher.valueAggregate, collected: 0n });
  assert.equal(due, 12n * USDC + 1n);
  assert.deepEqual(await collect(voucher, SIGNER), { status: 0, units: due });
  assert.equal(await reserved(), 50n * USDC - due);
  assert.deepEqual(await collect(voucher, SIGNER), { status: 2, units: 0n }, "paid once");

  const release = { payer, provider, amount: 30n * USDC, nonce: 0n, deadline };
  const typed = releaseTypedData(domainOf(payments.escrow), release);
  assert.match(hashTypedData(typed), /^0x[0-9a-f]{64}$/);
  const released = await testAccount(PROVIDER).signTypedData?.(typed);
  assert.ok(released !== undefined);
  const escrow = { address: payments.escrow, abi: paymentsEscrowAbi } as const;
  const args = [payer, provider, release.amount, deadline, released] as const;
  await chain.wallet(0).writeContract({ ...escrow, functionName: "release", args });
  assert.equal(await reserved(), 20n * USDC - due);
});

test("what the SDK refuses, the collector refuses", async () => {
  const voucher = await voucherOf(20n * VALUE);
  const dirty: Voucher = { ...voucher, collectionId: zeroHash };
  assert.match(voucherRefusal(dirty, voucher.timestamp) ?? "", /counted from 1/);
  assert.equal((await collect(dirty, PAYER))?.status, 3);
  const early: Voucher = { ...voucher, timestamp: voucher.timestamp + 3_600n };
  assert.match(voucherRefusal(early, voucher.timestamp) ?? "", /ahead/);
  assert.equal((await collect(early, PAYER))?.status, 5);
});
