import {
  type ComputeDeployment,
  type ComputeDomain,
  type Deployment,
  hashReceipt,
  heartbeatTypedData,
  machineKeyTypedData,
  packCollectionId,
  packProvisionId,
  paymentsEscrowAbi,
  planUsageTypedData,
  priceBookAbi,
  providerDelegationAbi,
  providerStakingAbi,
  provisionRegistryAbi,
  type Receipt,
  receiptCost,
  RECEIPT_STATUSES,
  rewardsDistributorAbi,
  SERVICES,
  signerProofTypedData,
  signerRegistryAbi,
  subscriptionManagerAbi,
  UsageTree,
  voucherCollectorAbi,
  voucherTypedData,
} from "@cxmpute/sdk";
import { type Address, erc20Abi, type Hex, http, keccak256, parseUnits, stringToHex, zeroHash } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";

import { bandOf, minimumStakes } from "../../deploy/computeParameters.ts";
import { crewOf } from "../market/crew.ts";
import { openSender, type Sender } from "../market/sender.ts";
import { devAccount } from "../stack/accounts.ts";

export interface SeedComputeParameters {
  rpcUrl: string;
  deployment: Deployment;
}

export interface SeededCompute {
  /** By tier. */
  provisions: readonly bigint[];
  /** Units of USDC that vouchers were paid, by tier. */
  paid: readonly bigint[];
}

/** A model that each tier serves. */
const MODELS = ["gemma-2b", "llama-3-8b", "mixtral-8x7b", "llama-3-70b"] as const;
/** Keys that sign off chain only: the machines', by tier, and a gateway's. */
const MACHINE_INDEX = 20;
const GATEWAY_INDEX = 30;
const HOUR = 3_600n;
const REQUESTS = 12;
const PRO_PLAN = 2n;

/**
 * Fills the marketplace of a local chain: a provider in each tier with stake, prices and a machine that runs, delegators, two
 * payers with a gateway's key that signs for them, vouchers over usage trees that were collected, a plan that was used, and
 * UNXV for rewards.
 */
export async function seedCompute({ rpcUrl, deployment }: SeedComputeParameters): Promise<SeededCompute> {
  const { compute, tokens, chainId } = deployment;
  const usdc = tokens.USDC;
  if (compute === undefined || usdc === undefined) throw new Error("the deployment has no marketplace");
  const sender = await openSender(http(rpcUrl));
  const { makers, takers } = crewOf(sender);
  const holder = sender.accounts[0];
  if (holder === undefined) throw new Error("the chain has no unlocked account");
  const scene: Scene = { sender, compute, chainId, holder, usdc: usdc.address, now: await timeOf(sender) };

  const provisions: bigint[] = [];
  for (const [tier, provider] of makers.entries()) provisions.push(await openProvision(scene, provider, tier));
  await beat(scene, provisions);
  await delegateTo(scene, provisions[3] ?? 0n, makers[3]);

  const paid = provisions.map(() => 0n);
  for (const [index, payer] of takers.entries()) {
    await openAccount(scene, payer, makers);
    for (const [tier, provisionId] of provisions.entries()) {
      paid[tier] = (paid[tier] ?? 0n) + (await pay(scene, payer, makers[tier as 0], provisionId, tier, index));
    }
  }
  await usePlan(scene, takers[1], makers[1]);
  await fundRewards(scene);
  return { provisions, paid };
}

interface Scene {
  sender: Sender;
  compute: ComputeDeployment;
  chainId: number;
  /** Of all UNXV. */
  holder: Address;
  usdc: Address;
  /** Of the chain, seconds. */
  now: bigint;
}

async function timeOf({ client }: Sender): Promise<bigint> {
  return (await client.getBlock()).timestamp;
}

function account(index: number): PrivateKeyAccount {
  return privateKeyToAccount(devAccount(index).privateKey);
}

function domain({ chainId }: Scene, contract: Address): ComputeDomain {
  return { chainId, contract };
}

function unxv(amount: string): bigint {
  return parseUnits(amount, 18);
}

function modelOf(tier: number): Hex {
  return keccak256(stringToHex(MODELS[tier] ?? ""));
}

/** The middle of what may be asked for a token. */
function pricesOf(tier: number): { input: bigint; output: bigint } {
  const { mostInput, mostOutput } = bandOf("chat", tier);
  return { input: mostInput / 2n, output: mostOutput / 2n };
}

async function approve({ sender }: Scene, from: Address, token: Address, to: Address, amount: bigint): Promise<void> {
  await sender.send(from, { address: token, abi: erc20Abi, functionName: "approve", args: [to, amount] });
}

async function giveUnxv(scene: Scene, to: Address, amount: bigint): Promise<void> {
  const { sender, holder, compute } = scene;
  await sender.send(holder, { address: compute.unxv, abi: erc20Abi, functionName: "transfer", args: [to, amount] });
}

/** A provision with twice its tier's stake, a price, and leave to run. */
async function openProvision(scene: Scene, provider: Address, tier: number): Promise<bigint> {
  const { sender, compute, now } = scene;
  const provisionId = packProvisionId({ provider, index: 1 });
  const stake = (minimumStakes[tier] ?? 0n) * 2n;
  await giveUnxv(scene, provider, stake);
  await approve(scene, provider, compute.unxv, compute.providerStaking, stake);
  const staking = { address: compute.providerStaking, abi: providerStakingAbi } as const;
  await sender.send(provider, { ...staking, functionName: "stakeAndAssign", args: [provisionId, stake] });

  const machine = account(MACHINE_INDEX + tier);
  const deadline = now + HOUR;
  const statement = { provider, index: 1, machineKey: machine.address, deadline };
  const proof = await machine.signTypedData(machineKeyTypedData(domain(scene, compute.provisionRegistry), statement));
  const registry = { address: compute.provisionRegistry, abi: provisionRegistryAbi } as const;
  const args = [SERVICES.chat, tier, "", machine.address, deadline, proof] as const;
  await sender.send(provider, { ...registry, functionName: "register", args });
  await sender.send(provider, { ...registry, functionName: "start", args: [provisionId] });
  const { input, output } = pricesOf(tier);
  const offer = { address: compute.priceBook, abi: priceBookAbi, functionName: "setOffer" } as const;
  await sender.send(provider, { ...offer, args: [provisionId, modelOf(tier), input, output] });
  return provisionId;
}

/** The machines' first heartbeats, brought together. */
async function beat(scene: Scene, provisions: readonly bigint[]): Promise<void> {
  const { sender, compute, holder } = scene;
  const timestamp = await timeOf(sender);
  const signed = provisions.map(async (provisionId, tier) => {
    const data = heartbeatTypedData(domain(scene, compute.provisionRegistry), { provisionId, timestamp });
    return { provisionId, timestamp, signature: await account(MACHINE_INDEX + tier).signTypedData(data) };
  });
  const registry = { address: compute.provisionRegistry, abi: provisionRegistryAbi } as const;
  await sender.send(holder, { ...registry, functionName: "heartbeats", args: [await Promise.all(signed)] });
}

async function delegateTo(scene: Scene, provisionId: bigint, provider: Address): Promise<void> {
  const { sender, compute, holder } = scene;
  const amount = unxv("40000");
  const delegation = { address: compute.providerDelegation, abi: providerDelegationAbi } as const;
  await sender.send(provider, { ...delegation, functionName: "setCut", args: [provisionId, 1_500n] });
  await approve(scene, holder, compute.unxv, compute.providerDelegation, amount);
  await sender.send(holder, { ...delegation, functionName: "delegate", args: [provisionId, amount, 0n] });
}

/** A payer's balance, what of it is each provider's guarantee, and the gateway's key that signs for it. */
async function openAccount(scene: Scene, payer: Address, providers: readonly Address[]): Promise<void> {
  const { sender, compute, usdc, now } = scene;
  const amount = parseUnits("500", 6);
  await approve(scene, payer, usdc, compute.paymentsEscrow, amount);
  const escrow = { address: compute.paymentsEscrow, abi: paymentsEscrowAbi } as const;
  await sender.send(payer, { ...escrow, functionName: "deposit", args: [payer, amount] });
  for (const provider of providers) {
    await sender.send(payer, { ...escrow, functionName: "reserve", args: [provider, parseUnits("20", 6)] });
  }
  const gateway = account(GATEWAY_INDEX);
  const deadline = now + HOUR;
  const statement = { payer, signer: gateway.address, deadline };
  const proof = await gateway.signTypedData(signerProofTypedData(domain(scene, compute.voucherCollector), statement));
  const expires = Number(now) + 365 * 86_400;
  const caps = { perDay: parseUnits("100", 6), total: parseUnits("1000", 6), providers: zeroHash };
  const signers = { address: compute.voucherCollector, abi: signerRegistryAbi } as const;
  const args = [gateway.address, expires, 0xff, caps, deadline, proof] as const;
  await sender.send(payer, { ...signers, functionName: "authorise", args });
}

/** Requests that were served, their receipts in a tree, and the voucher over it, collected. */
async function pay(
  scene: Scene,
  payer: Address,
  provider: Address,
  provisionId: bigint,
  tier: number,
  index: number,
): Promise<bigint> {
  const { sender, compute } = scene;
  const timestamp = await timeOf(sender);
  const prices = pricesOf(tier);
  const tree = new UsageTree();
  for (let i = 0; i < REQUESTS; ++i) {
    const usage = {
      inputTokens: BigInt(200 + 90 * i + 40 * tier),
      outputTokens: BigInt(150 + 70 * i + 30 * index),
      inputPrice: prices.input,
      outputPrice: prices.output,
    };
    const receipt: Receipt = {
      provisionId,
      counter: BigInt(index * REQUESTS + i + 1),
      requestHash: keccak256(stringToHex(`request ${tier} ${index} ${i}`)),
      responseHash: keccak256(stringToHex(`response ${tier} ${index} ${i}`)),
      model: modelOf(tier),
      ...usage,
      cost: receiptCost(usage),
      status: RECEIPT_STATUSES.served,
      ttftMs: 120 + 15 * i,
      timestamp,
    };
    tree.append(hashReceipt(domain(scene, compute.provisionRegistry), receipt), receipt.cost);
  }
  const voucher = {
    payer,
    provider,
    collectionId: packCollectionId({ provider, index: 1, kind: "usage", period: timestamp / 86_400n }),
    valueAggregate: tree.total,
    timestamp,
    usageRoot: tree.root(),
  };
  const gateway = account(GATEWAY_INDEX);
  const signature = await gateway.signTypedData(voucherTypedData(domain(scene, compute.voucherCollector), voucher));
  const collector = { address: compute.voucherCollector, abi: voucherCollectorAbi } as const;
  const item = { voucher, signer: gateway.address, signature };
  await sender.send(provider, { ...collector, functionName: "collect", args: [[item]] });
  const args = [payer, voucher.collectionId] as const;
  const [units] = await sender.client.readContract({ ...collector, functionName: "collectedOf", args });
  if (units === 0n) throw new Error(`the voucher of ${payer} for tier ${tier} paid nothing`);
  return units;
}

/** A subscription to the Pro plan, and a first use of it. */
async function usePlan(scene: Scene, subscriber: Address, provider: Address): Promise<void> {
  const { sender, compute } = scene;
  const plans = { address: compute.subscriptionManager, abi: subscriptionManagerAbi } as const;
  await sender.send(subscriber, { ...plans, functionName: "subscribe", args: [PRO_PLAN, 1n, 12] });
  const timestamp = await timeOf(sender);
  const usage = {
    subscriber,
    period: 1n,
    collectionId: packCollectionId({ provider, index: 1, kind: "plan", period: 1n }),
    listValue: 2_500_000_000_000n,
    bucketTokens: 3_400_000n,
    timestamp,
    usageRoot: zeroHash,
  };
  const gateway = account(GATEWAY_INDEX);
  const signature = await gateway.signTypedData(planUsageTypedData(domain(scene, compute.subscriptionManager), usage));
  await sender.send(provider, { ...plans, functionName: "record", args: [usage, gateway.address, signature] });
}

/** What a gauge will do: UNXV for rewards. */
async function fundRewards(scene: Scene): Promise<void> {
  const { sender, compute, holder } = scene;
  const amount = unxv("1000000");
  await approve(scene, holder, compute.unxv, compute.rewardsDistributor, amount);
  const rewards = { address: compute.rewardsDistributor, abi: rewardsDistributorAbi } as const;
  await sender.send(holder, { ...rewards, functionName: "fund", args: [amount] });
}
