import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { type Address, keccak256, parseAbi, stringToHex, zeroHash } from "viem";
import { mnemonicToAccount } from "viem/accounts";

import {
  demoTokenAbi,
  disputeManagerAbi,
  epochAt,
  epochSpan,
  hashRewardParameters,
  machineKeyTypedData,
  packCollectionId,
  packProvisionId,
  paymentsEscrowAbi,
  providerDelegationAbi,
  providerStakingAbi,
  provisionRegistryAbi,
  type Receipt,
  receiptTypedData,
  rewardsDistributorAbi,
  rewardLeafHash,
  rewardTree,
  voucherCollectorAbi,
  voucherTypedData,
} from "../src/index.ts";
import { startChain, type TestChain, testAccount } from "./support/chain.ts";
import { deployCompute, DISPUTE_BOND, retireAll, type TestCompute, TREASURY } from "./support/deployCompute.ts";

/*
 * The exit: no gateway, keeper, indexer or attester runs, and governance has retired every contract. With nothing but a
 * chain's RPC everybody gets what is theirs.
 */

const [GOVERNOR, PAYER, PROVIDER, FILER, STRANGER, PROPOSER, DELEGATOR] = [0, 1, 3, 4, 5, 6, 7] as const;
const USDC = 10n ** 6n;
const UNXV = 10n ** 18n;
const STAKE = 100_000n * UNXV;
const DELEGATED = 1_000n * UNXV;
const HOUR = 3_600;
const DAY = 24 * HOUR;
const MAX = 2n ** 256n - 1n;
const tokenAbi = parseAbi([
  "function approve(address spender, uint256 value) returns (bool)",
  "function transfer(address to, uint256 value) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
]);

let chain: TestChain;
let compute: TestCompute;
let provisionId: bigint;
let epoch: bigint;
const machine = mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex: 9 });

const addressOf = (index: number): Address => testAccount(index).address;
const domainOf = (contract: Address) => ({ chainId: chain.client.chain.id, contract });
const now = async (): Promise<bigint> => (await chain.client.getBlock()).timestamp;
const balanceOf = (token: Address, of: Address): Promise<bigint> =>
  chain.client.readContract({ address: token, abi: tokenAbi, functionName: "balanceOf", args: [of] });

async function pass(seconds: number): Promise<void> {
  await chain.client.increaseTime({ seconds });
  await chain.client.mine({ blocks: 1 });
}

before(async () => {
  chain = await startChain();
  compute = await deployCompute(chain);
  const { usdc, unxv, paymentsEscrow, providerStaking, provisionRegistry, providerDelegation } = compute;
  const [payer, provider, governor] = [chain.wallet(PAYER), chain.wallet(PROVIDER), chain.wallet(GOVERNOR)];
  provisionId = packProvisionId({ provider: addressOf(PROVIDER), index: 1 });
  epoch = epochAt(await now());

  await payer.writeContract({
    address: usdc,
    abi: demoTokenAbi,
    functionName: "mint",
    args: [addressOf(PAYER), 1_000n * USDC],
  });
  const approve = { abi: tokenAbi, functionName: "approve" } as const;
  await payer.writeContract({ address: usdc, ...approve, args: [paymentsEscrow, MAX] });
  const escrow = { address: paymentsEscrow, abi: paymentsEscrowAbi } as const;
  await payer.writeContract({ ...escrow, functionName: "deposit", args: [addressOf(PAYER), 1_000n * USDC] });
  await payer.writeContract({ ...escrow, functionName: "reserve", args: [addressOf(PROVIDER), 100n * USDC] });

  const transfer = { address: unxv, abi: tokenAbi, functionName: "transfer" } as const;
  const gifts = [
    [PROVIDER, STAKE],
    [FILER, DISPUTE_BOND],
    [PROPOSER, 5_000n * UNXV],
    [DELEGATOR, DELEGATED],
  ] as const;
  for (const [to, amount] of gifts) await governor.writeContract({ ...transfer, args: [addressOf(to), amount] });
  await provider.writeContract({ address: unxv, ...approve, args: [providerStaking, MAX] });
  const staking = { address: providerStaking, abi: providerStakingAbi } as const;
  await provider.writeContract({ ...staking, functionName: "stakeAndAssign", args: [provisionId, STAKE] });
  const deadline = (await now()) + 600n;
  const statement = { provider: addressOf(PROVIDER), index: 1, machineKey: machine.address, deadline };
  const proof = await machine.signTypedData(machineKeyTypedData(domainOf(provisionRegistry), statement));
  const registry = { address: provisionRegistry, abi: provisionRegistryAbi } as const;
  const registration = [0, 0, "", machine.address, deadline, proof] as const;
  await provider.writeContract({ ...registry, functionName: "register", args: registration });
  await provider.writeContract({ ...registry, functionName: "start", args: [provisionId] });
  await chain.wallet(9).writeContract({ ...registry, functionName: "heartbeat", args: [provisionId] });
  const pool = { address: providerDelegation, abi: providerDelegationAbi } as const;
  await provider.writeContract({ ...pool, functionName: "setCut", args: [provisionId, 1_000n] });
  const delegator = chain.wallet(DELEGATOR);
  await delegator.writeContract({ address: unxv, ...approve, args: [providerDelegation, MAX] });
  await delegator.writeContract({ ...pool, functionName: "delegate", args: [provisionId, DELEGATED, 0n] });
  await governor.writeContract({ address: unxv, ...approve, args: [compute.rewardsDistributor, MAX] });
  const rewards = { address: compute.rewardsDistributor, abi: rewardsDistributorAbi } as const;
  await governor.writeContract({ ...rewards, functionName: "fund", args: [1_000n * UNXV] });

  await retireAll(chain, compute);
});

after(() => chain.stop());

test("a provider collects what was signed for it", async () => {
  const provider = addressOf(PROVIDER);
  const voucher = {
    payer: addressOf(PAYER),
    provider,
    collectionId: packCollectionId({ provider, index: 1, kind: "usage", period: 1n }),
    valueAggregate: 40n * 10n ** 12n,
    timestamp: await now(),
    usageRoot: zeroHash,
  };
  const payer = chain.wallet(PAYER);
  const signature = await payer.signTypedData(voucherTypedData(domainOf(compute.voucherCollector), voucher));
  const item = { voucher, signer: addressOf(PAYER), signature };
  const collector = { address: compute.voucherCollector, abi: voucherCollectorAbi } as const;
  await chain.wallet(PROVIDER).writeContract({ ...collector, functionName: "collect", args: [[item]] });
  assert.equal(await balanceOf(compute.usdc, provider), 38n * USDC, "less the platform's 5 %");
});

test("a machine that signed two receipts of one number is slashed by whoever shows them", async () => {
  const timestamp = await now();
  const receipt: Receipt = {
    provisionId,
    counter: 1n,
    requestHash: keccak256(stringToHex("request")),
    responseHash: keccak256(stringToHex("response")),
    model: keccak256(stringToHex("model")),
    inputTokens: 10n,
    outputTokens: 10n,
    inputPrice: 1n,
    outputPrice: 1n,
    cost: 20n,
    status: 1,
    ttftMs: 1,
    timestamp,
  };
  const other = { ...receipt, responseHash: keccak256(stringToHex("another response")) };
  const domain = domainOf(compute.provisionRegistry);
  const signed = await Promise.all([receipt, other].map((one) => machine.signTypedData(receiptTypedData(domain, one))));
  const disputes = { address: compute.disputeManager, abi: disputeManagerAbi } as const;
  const args = [receipt, signed[0]!, other, signed[1]!] as const;
  await chain.wallet(STRANGER).writeContract({ ...disputes, functionName: "showEquivocation", args });
  assert.equal(await balanceOf(compute.unxv, addressOf(STRANGER)), 500n * UNXV, "the most that a filer gets");
  assert.equal(await balanceOf(compute.unxv, TREASURY), 9_500n * UNXV, "the rest of a tenth of its own stake");
});

test("a payer is out 26 hours after it decides so", async () => {
  const escrow = { address: compute.paymentsEscrow, abi: paymentsEscrowAbi } as const;
  const payer = chain.wallet(PAYER);
  const parties = [addressOf(PAYER), addressOf(PROVIDER)] as const;
  await payer.writeContract({ ...escrow, functionName: "giveNotice", args: [addressOf(PROVIDER), 60n * USDC] });
  await pass(2 * HOUR);
  await chain.wallet(STRANGER).writeContract({ ...escrow, functionName: "endNotice", args: parties });
  await payer.writeContract({ ...escrow, functionName: "thaw", args: [960n * USDC] });
  await pass(DAY);
  await payer.writeContract({ ...escrow, functionName: "withdraw", args: [addressOf(PAYER)] });
  assert.equal(await balanceOf(compute.usdc, addressOf(PAYER)), 960n * USDC, "all that it did not sign away");
  await chain.wallet(STRANGER).writeContract({ ...escrow, functionName: "sweepFees" });
  assert.equal(await balanceOf(compute.usdc, TREASURY), 2n * USDC, "the fee");
  assert.equal(await balanceOf(compute.usdc, compute.paymentsEscrow), 0n, "nothing is left behind");
});

test("a dispute ends without its arbitrator", async () => {
  const disputes = { address: compute.disputeManager, abi: disputeManagerAbi } as const;
  const filer = chain.wallet(FILER);
  const approve = { address: compute.unxv, abi: tokenAbi, functionName: "approve" } as const;
  await filer.writeContract({ ...approve, args: [compute.disputeManager, MAX] });
  await filer.writeContract({ ...disputes, functionName: "open", args: [provisionId, keccak256("0x01")] });
  const id = await chain.client.readContract({ ...disputes, functionName: "disputes" });
  assert.equal(await balanceOf(compute.unxv, addressOf(FILER)), 0n, "the bond is in");
  await pass(7 * DAY);
  await chain.wallet(STRANGER).writeContract({ ...disputes, functionName: "end", args: [id] });
  assert.equal(await balanceOf(compute.unxv, addressOf(FILER)), DISPUTE_BOND, "and comes back");
});

test("a reward root is proposed, activated and claimed by anybody", async () => {
  const rewards = { address: compute.rewardsDistributor, abi: rewardsDistributorAbi } as const;
  const { end } = epochSpan(epoch);
  const left = Number(end - (await now()));
  if (left > 0) await pass(left);
  const proposer = chain.wallet(PROPOSER);
  const approve = { address: compute.unxv, abi: tokenAbi, functionName: "approve" } as const;
  await proposer.writeContract({ ...approve, args: [compute.rewardsDistributor, MAX] });
  await proposer.writeContract({ ...rewards, functionName: "depositBond", args: [5_000n * UNXV] });
  const account = BigInt(addressOf(PROVIDER));
  const leaves = [
    { kind: "account", account, cumulative: 12n * UNXV },
    { kind: "pool", account: provisionId, cumulative: 8n * UNXV },
  ] as const;
  const tree = rewardTree(domainOf(compute.rewardsDistributor), leaves);
  // 2 USDC of fees allow 20 UNXV.
  const hash = hashRewardParameters(compute.parameters);
  const args = [epoch, tree.root, 20n * UNXV, hash, zeroHash] as const;
  await proposer.writeContract({ ...rewards, functionName: "propose", args });
  await pass(DAY);
  const stranger = chain.wallet(STRANGER);
  await stranger.writeContract({ ...rewards, functionName: "activate" });
  const before = await balanceOf(compute.unxv, addressOf(PROVIDER));
  for (const leaf of leaves) {
    const kind = leaf.kind === "account" ? 0n : 1n;
    const claim = [
      kind,
      leaf.account,
      leaf.cumulative,
      tree.prove(rewardLeafHash(domainOf(compute.rewardsDistributor), leaf)),
      tree.root,
    ] as const;
    await stranger.writeContract({ ...rewards, functionName: "claim", args: claim });
  }
  const paid = (await balanceOf(compute.unxv, addressOf(PROVIDER))) - before;
  assert.equal(paid, 12n * UNXV + (8n * UNXV) / 10n, "its own, and its cut of the pool's");
  await proposer.writeContract({
    ...rewards,
    functionName: "withdrawBond",
    args: [5_000n * UNXV, addressOf(PROPOSER)],
  });
  assert.equal(await balanceOf(compute.unxv, addressOf(PROPOSER)), 5_000n * UNXV, "the bond comes back");
});

test("stake and delegated stake leave", async () => {
  const registry = { address: compute.provisionRegistry, abi: provisionRegistryAbi } as const;
  const staking = { address: compute.providerStaking, abi: providerStakingAbi } as const;
  const pool = { address: compute.providerDelegation, abi: providerDelegationAbi } as const;
  const [provider, delegator] = [chain.wallet(PROVIDER), chain.wallet(DELEGATOR)];
  const own = addressOf(PROVIDER);
  const before = await balanceOf(compute.unxv, own);
  await provider.writeContract({ ...registry, functionName: "stop", args: [provisionId, 600n] });
  await pass(600);
  const [tokens] = await chain.client.readContract({ ...staking, functionName: "stakeOf", args: [provisionId] });
  assert.equal(tokens, 90_000n * UNXV, "what the fault left");
  await provider.writeContract({ ...staking, functionName: "thaw", args: [provisionId, tokens] });
  const delegation = [provisionId, addressOf(DELEGATOR)] as const;
  const { shares } = await chain.client.readContract({ ...pool, functionName: "delegationOf", args: delegation });
  await delegator.writeContract({ ...pool, functionName: "undelegate", args: [provisionId, shares] });
  await pass(7 * DAY);
  await provider.writeContract({ ...staking, functionName: "deprovision", args: [provisionId] });
  await provider.writeContract({ ...staking, functionName: "unstake", args: [tokens, own] });
  await delegator.writeContract({ ...pool, functionName: "withdraw", args: [provisionId, addressOf(DELEGATOR)] });
  const out = await balanceOf(compute.unxv, addressOf(DELEGATOR));
  // The pool's part of the reward has dripped; the virtual shares keep less than a unit.
  assert.ok(out <= DELEGATED + 7_200_000_000_000_000_000n && out > DELEGATED + 7_199_999_999_999_999_990n, `${out}`);
  const gained = (await balanceOf(compute.unxv, own)) - before;
  assert.equal(gained + out, tokens + DELEGATED + 7_200_000_000_000_000_000n, "to the unit, dust to the provider");
  assert.equal(await balanceOf(compute.unxv, compute.providerStaking), 0n, "nothing is left behind");
  assert.equal(await balanceOf(compute.unxv, compute.providerDelegation), 0n, "nothing is left behind");
});
