import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { encodeRewardParameters } from "@cxmpute/sdk";
import type { Future } from "@nomicfoundation/ignition-core";
import type { Address } from "viem";

import {
  bandOf,
  computeDefaults,
  minimumStakes,
  plans,
  rewardParameters,
  rewardSchedule,
  servicesAndTiers,
} from "../computeParameters.ts";
import { futureId } from "../lib/futureId.ts";
import { giveRoles } from "../lib/giveRoles.ts";
import type { ComputeParameters } from "../lib/readParameters.ts";
import { computeRoles } from "../roles.ts";

export interface ComputeModuleParameters extends ComputeParameters {
  accessManager: Address;
  /** Where fees and what is slashed go until governance says otherwise: the timelock. */
  treasury: Address;
  usdc: Address;
  /** The week since 1970, on a Thursday, from which on rewards are scheduled. */
  firstEpoch: number;
}

/** The compute marketplace: the token, stake, provisions, payments, plans, attestations, disputes and rewards. */
export function computeModule(parameters: ComputeModuleParameters) {
  const { treasury, usdc, arbitrator, attesters, quorum } = parameters;
  return buildModule("Compute", (m) => {
    const accessManager = m.contractAt("AccessManager", parameters.accessManager);
    const { fee, unxvPerUsdc, unxvPerFee, disputeBond } = computeDefaults;

    const unxv = m.contract("UNXV", [parameters.unxvHolder]);
    const providerStaking = m.contract("ProviderStaking", [accessManager, unxv, treasury, unxvPerUsdc]);
    const providerDelegation = m.contract("ProviderDelegation", [accessManager, unxv, providerStaking]);
    const provisionRegistry = m.contract("ProvisionRegistry", [accessManager, providerStaking, [...minimumStakes]]);
    const priceBook = m.contract("PriceBook", [
      accessManager,
      provisionRegistry,
      servicesAndTiers.map(([service, tier]) => bandOf(service, tier)),
    ]);

    // Both parts of the escrow, and of the collector, must know the same others: nothing on chain compares them.
    const escrowExtension = m.contract("EscrowExtension", [accessManager, usdc, providerStaking]);
    const paymentsEscrow = m.contract("PaymentsEscrow", [
      accessManager,
      usdc,
      providerStaking,
      treasury,
      treasury,
      fee,
      escrowExtension,
    ]);
    const signerRegistry = m.contract("SignerRegistry", [paymentsEscrow]);
    const voucherCollector = m.contract("VoucherCollector", [paymentsEscrow, signerRegistry]);

    // Signers answer at the collector's address.
    const subscriptionManager = m.contract("SubscriptionManager", [accessManager, paymentsEscrow, voucherCollector]);
    const disputeManager = m.contract("DisputeManager", [
      accessManager,
      unxv,
      providerStaking,
      provisionRegistry,
      voucherCollector,
      arbitrator,
      disputeBond,
    ]);
    const attestationHub = m.contract("AttestationHub", [accessManager, [...attesters], quorum]);
    const rewardsDistributor = m.contract("RewardsDistributor", [
      accessManager,
      unxv,
      paymentsEscrow,
      providerDelegation,
      arbitrator,
      unxvPerFee,
      rewardSchedule(parameters.firstEpoch).map(({ from, perEpoch }) => ({ from, perEpoch })),
      encodeRewardParameters(rewardParameters),
    ]);

    const wholeEscrow = m.contractAt("IWholePaymentsEscrow", paymentsEscrow, { id: "WholeEscrow" });
    const set = {
      providerStaking: [
        m.call(providerStaking, "setUp", [paymentsEscrow, provisionRegistry, disputeManager, providerDelegation], {
          id: "SetUpStaking",
        }),
      ],
      provisionRegistry: [m.call(provisionRegistry, "setUp", [disputeManager], { id: "SetUpProvisions" })],
      paymentsEscrow: [
        m.call(wholeEscrow, "setUp", [voucherCollector, subscriptionManager, voucherCollector], { id: "SetUpEscrow" }),
      ],
      subscriptionManager: inOrder(Object.entries(plans), ([name, terms], after) =>
        m.call(subscriptionManager, "addPlan", [terms], { id: futureId("Plan", name), after }),
      ),
      priceBook: [],
      providerDelegation: [],
      disputeManager: [],
      attestationHub: [],
      rewardsDistributor: [],
    };
    const targets = {
      paymentsEscrow,
      providerStaking,
      providerDelegation,
      provisionRegistry,
      priceBook,
      subscriptionManager,
      disputeManager,
      attestationHub,
      rewardsDistributor,
    };
    for (const name of Object.keys(targets) as (keyof typeof targets)[]) {
      giveRoles(m, { accessManager, target: targets[name], name, roles: computeRoles[name], after: set[name] });
    }
    return { unxv, ...targets, voucherCollector, escrowExtension, signerRegistry };
  });
}

/** Calls one after the other, since each counts up. */
function inOrder<item>(items: readonly item[], make: (item: item, after: Future[]) => Future): Future[] {
  return items.reduce<Future[]>((before, item) => [...before, make(item, before.slice(-1))], []);
}
