import { type Address, parseAbi, parseUnits } from "viem";

import {
  type ComputeDeployment,
  encodeRewardParameters,
  epochAt,
  paymentsEscrowAbi,
  providerStakingAbi,
  provisionRegistryAbi,
  type RewardParameters,
} from "../../src/index.ts";
import type { TestChain } from "./chain.ts";
import { deployArtifact } from "./deployArtifact.ts";

export interface TestCompute extends ComputeDeployment {
  readonly accessManager: Address;
  readonly usdc: Address;
  /** Of rewards, from the epoch of the deployment on. */
  readonly parameters: RewardParameters;
}

/** Gets fees and what is slashed. */
export const TREASURY: Address = "0x0000000000000000000000000000000000001234";
export const DISPUTE_BOND = parseUnits("500", 18);
const UNXV_PER_USDC = 10n ** 13n;
const PER_EPOCH = parseUnits("1000", 18);

/** Deploys the whole marketplace; account 0 governs it and holds all UNXV, account 8 is arbitrator and the only attester. */
export async function deployCompute(chain: TestChain): Promise<TestCompute> {
  const admin = chain.wallet(0);
  const governor = admin.account.address;
  const arbitrator = chain.wallet(8).account.address;
  const ours = (name: string, args: readonly unknown[]): Promise<Address> =>
    deployArtifact(chain, `contracts/compute/${name}.sol/${name}`, args);
  const manager = "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager";
  const accessManager = await deployArtifact(chain, manager, [governor]);
  const usdc = await deployArtifact(chain, "contracts/demo/DemoToken.sol/DemoToken", ["USD Coin", "USDC", 6]);
  const unxv = await deployArtifact(chain, "contracts/dao/UNXV.sol/UNXV", [governor]);

  const providerStaking = await ours("ProviderStaking", [accessManager, unxv, TREASURY, UNXV_PER_USDC]);
  const providerDelegation = await ours("ProviderDelegation", [accessManager, unxv, providerStaking]);
  const minimums = [1_000n, 3_000n, 7_000n, 15_000n].map((amount) => amount * 10n ** 18n);
  const provisionRegistry = await ours("ProvisionRegistry", [accessManager, providerStaking, minimums]);
  const priceBook = await ours("PriceBook", [accessManager, provisionRegistry, []]);
  const extension = await ours("EscrowExtension", [accessManager, usdc, providerStaking]);
  const escrow = [accessManager, usdc, providerStaking, TREASURY, TREASURY, 500n, extension];
  const paymentsEscrow = await ours("PaymentsEscrow", escrow);
  const signers = await ours("SignerRegistry", [paymentsEscrow]);
  const voucherCollector = await ours("VoucherCollector", [paymentsEscrow, signers]);
  const plans = [accessManager, paymentsEscrow, voucherCollector];
  const subscriptionManager = await ours("SubscriptionManager", plans);
  const parts = [unxv, providerStaking, provisionRegistry, voucherCollector];
  const disputeManager = await ours("DisputeManager", [accessManager, ...parts, arbitrator, DISPUTE_BOND]);
  const attestationHub = await ours("AttestationHub", [accessManager, [arbitrator], 1n]);

  const epoch = Number(epochAt((await chain.client.getBlock()).timestamp));
  const parameters: RewardParameters = {
    feeBps: 500n,
    quorum: 1,
    services: [{ service: "chat", tier: 0, referencePrice: 450_000_000n, capacity: 0n }],
  };
  const rewardsDistributor = await ours("RewardsDistributor", [
    accessManager,
    unxv,
    paymentsEscrow,
    providerDelegation,
    arbitrator,
    UNXV_PER_USDC,
    [
      { from: epoch, perEpoch: PER_EPOCH },
      { from: epoch + 100, perEpoch: 0n },
    ],
    encodeRewardParameters(parameters),
  ]);

  const staking = { address: providerStaking, abi: providerStakingAbi, functionName: "setUp" } as const;
  await admin.writeContract({
    ...staking,
    args: [paymentsEscrow, provisionRegistry, disputeManager, providerDelegation],
  });
  const registry = { address: provisionRegistry, abi: provisionRegistryAbi, functionName: "setUp" } as const;
  await admin.writeContract({ ...registry, args: [disputeManager] });
  const at = { address: paymentsEscrow, abi: paymentsEscrowAbi, functionName: "setUp" } as const;
  await admin.writeContract({ ...at, args: [voucherCollector, subscriptionManager, voucherCollector] });
  return {
    accessManager,
    usdc,
    parameters,
    unxv,
    paymentsEscrow,
    voucherCollector,
    subscriptionManager,
    providerStaking,
    providerDelegation,
    provisionRegistry,
    priceBook,
    attestationHub,
    disputeManager,
    rewardsDistributor,
  };
}

/** Ends what can be ended: no new deposit, stake, provision or plan is taken any more. */
export async function retireAll(chain: TestChain, compute: TestCompute): Promise<void> {
  const retiring = ["paymentsEscrow", "providerStaking", "providerDelegation", "provisionRegistry"] as const;
  for (const name of [...retiring, "subscriptionManager"] as const) {
    const call = { address: compute[name], abi: parseAbi(["function retire()"]), functionName: "retire" } as const;
    await chain.wallet(0).writeContract(call);
  }
}
