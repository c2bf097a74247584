import {
  attestationHubAbi,
  type ComputeDeployment,
  disputeManagerAbi,
  encodeRewardParameters,
  priceBookAbi,
  provisionRegistryAbi,
  providerStakingAbi,
  rewardsDistributorAbi,
  SERVICES,
  subscriptionManagerAbi,
} from "@cxmpute/sdk";
import { type Address, erc20Abi, keccak256, parseAbi } from "viem";

import {
  bandOf,
  computeDefaults,
  minimumStakes,
  plans,
  rewardParameters,
  servicesAndTiers,
} from "../../computeParameters.ts";
import { computeRoles } from "../../roles.ts";
import type { DeploySuiteReturn } from "../deploySuite.ts";
import type { ComputeParameters } from "../readParameters.ts";
import type { Checklist } from "./Checklist.ts";

const authorityAbi = parseAbi(["function authority() view returns (address)"]);

/** The marketplace: who may do what, which part knows which, and every parameter. */
export async function checkCompute(
  list: Checklist,
  parameters: ComputeParameters,
  { deployment, parts }: DeploySuiteReturn,
): Promise<void> {
  const { compute, contracts, tokens } = deployment;
  if (compute === undefined) throw new Error("there is no marketplace to check");
  for (const name of Object.keys(computeRoles) as (keyof typeof computeRoles)[]) {
    await list.addRoles(name, contracts.accessManager, compute[name], computeRoles[name]);
    const authority = { address: compute[name], abi: authorityAbi, functionName: "authority" } as const;
    list.add(`${name}'s authority`, contracts.accessManager, await list.client.readContract(authority));
  }
  await checkParts(list, compute, parts, tokens.USDC?.address);
  await checkNumbers(list, compute, parameters);
}

/** What each contract holds of the others in its code; nothing on chain compares both parts of the escrow. */
async function checkParts(
  list: Checklist,
  compute: ComputeDeployment,
  parts: Readonly<Record<string, Address>>,
  usdc: Address | undefined,
): Promise<void> {
  const part = (name: string): Address => {
    const address = parts[name];
    if (address === undefined) throw new Error(`the suite deploys no ${name}`);
    return address;
  };
  if (usdc === undefined) throw new Error("the deployment has no USDC");
  const token = ["UNXV", compute.unxv] as const;
  const staking = ["the staking", compute.providerStaking] as const;
  const escrow = ["the escrow", compute.paymentsEscrow] as const;
  const collector = ["the collector", compute.voucherCollector] as const;
  const registry = ["the provisions", compute.provisionRegistry] as const;
  const money = ["USDC", usdc] as const;
  await list.addHeld("staking", compute.providerStaking, [token]);
  await list.addHeld("delegation", compute.providerDelegation, [token, staking]);
  await list.addHeld("provisions", compute.provisionRegistry, [staking]);
  await list.addHeld("prices", compute.priceBook, [registry]);
  const extension = ["its extension", part("escrowExtension")] as const;
  await list.addHeld("escrow", compute.paymentsEscrow, [money, staking, extension]);
  await list.addHeld("escrow's extension", part("escrowExtension"), [money, staking]);
  await list.addHeld("collector", compute.voucherCollector, [escrow, ["the signers", part("signerRegistry")]]);
  await list.addHeld("signers", part("signerRegistry"), [escrow]);
  await list.addHeld("plans", compute.subscriptionManager, [escrow, collector]);
  await list.addHeld("disputes", compute.disputeManager, [token, staking, registry, collector]);
  const delegation = ["the delegation", compute.providerDelegation] as const;
  await list.addHeld("rewards", compute.rewardsDistributor, [token, escrow, delegation]);
}

async function checkNumbers(
  list: Checklist,
  compute: ComputeDeployment,
  { unxvHolder, arbitrator, attesters, quorum }: ComputeParameters,
): Promise<void> {
  const { client } = list;
  const supply = { address: compute.unxv, abi: erc20Abi, functionName: "totalSupply" } as const;
  const balance = { address: compute.unxv, abi: erc20Abi, functionName: "balanceOf", args: [unxvHolder] } as const;
  list.add("holder of all UNXV", await client.readContract(supply), await client.readContract(balance));
  const stakes = { address: compute.providerStaking, abi: providerStakingAbi } as const;
  const rate = await client.readContract({ ...stakes, functionName: "unxvPerUsdc" });
  list.add("UNXV a unit of USDC", computeDefaults.unxvPerUsdc, rate);

  const registry = { address: compute.provisionRegistry, abi: provisionRegistryAbi } as const;
  for (const [tier, minimum] of minimumStakes.entries()) {
    const actual = await client.readContract({ ...registry, functionName: "minimumOf", args: [tier] });
    list.add(`stake of tier ${tier}`, minimum, actual);
  }
  for (const [service, tier] of servicesAndTiers) {
    const args = [SERVICES[service], tier] as const;
    const at = { address: compute.priceBook, abi: priceBookAbi, functionName: "bandOf", args } as const;
    const { leastInput, mostInput, leastOutput, mostOutput } = await client.readContract(at);
    const expected = bandOf(service, tier);
    const text = [expected.leastInput, expected.mostInput, expected.leastOutput, expected.mostOutput].join(", ");
    list.add(`prices of ${service}, tier ${tier}`, text, [leastInput, mostInput, leastOutput, mostOutput].join(", "));
  }
  const manager = { address: compute.subscriptionManager, abi: subscriptionManagerAbi } as const;
  for (const [index, [name, terms]] of Object.entries(plans).entries()) {
    const args = [BigInt(index + 1), 1n] as const;
    const [actual] = await client.readContract({ ...manager, functionName: "versionOf", args });
    const text = [actual.fee, actual.concurrency, actual.requestsPerMinute, actual.bucket].join(", ");
    list.add(`plan ${name}`, [terms.fee, terms.concurrency, terms.requestsPerMinute, terms.bucket].join(", "), text);
  }

  const disputes = { address: compute.disputeManager, abi: disputeManagerAbi } as const;
  list.add("arbitrator", arbitrator, await client.readContract({ ...disputes, functionName: "arbitrator" }));
  const bond = await client.readContract({ ...disputes, functionName: "bond" });
  list.add("bond of a dispute", computeDefaults.disputeBond, bond);
  const hub = { address: compute.attestationHub, abi: attestationHubAbi } as const;
  const [set, agreeing] = await client.readContract({ ...hub, functionName: "attestersNow" });
  list.addList("attesters", attesters, set);
  list.add("attesters who must agree", quorum, agreeing);
  const rewards = { address: compute.rewardsDistributor, abi: rewardsDistributorAbi } as const;
  list.add("arbitrator of roots", arbitrator, await client.readContract({ ...rewards, functionName: "arbitrator" }));
  const perUsd = await client.readContract({ ...rewards, functionName: "unxvPerUsdc" });
  list.add("UNXV of rewards a unit of fees", computeDefaults.unxvPerFee, perUsd);
  const { timestamp } = await client.getBlock();
  const args = [timestamp / 604_800n] as const;
  const hash = await client.readContract({ ...rewards, functionName: "parametersHash", args });
  list.add("parameters of rewards", keccak256(encodeRewardParameters(rewardParameters)), hash);
}
