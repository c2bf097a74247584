import { encodeAbiParameters, type Hex, keccak256 } from "viem";

import { requireTier, type Service, SERVICES } from "./services.ts";

/** What rewards of a service and tier are computed with. */
export interface ServiceParameters {
  readonly service: Service;
  readonly tier: number;
  /** What the reference request costs, in 1e-12 USD. */
  readonly referencePrice: bigint;
  /** Base points, in millionths, that one provision can serve in an hour; zero: demand is neutral. */
  readonly capacity: bigint;
}

/** What rewards are computed with: governance sets the bytes on chain, for the epochs after. */
export interface RewardParameters {
  /** The platform's fee that a reference request pays, in basis points. */
  readonly feeBps: bigint;
  /** How many attesters must have measured a provision's hour. */
  readonly quorum: number;
  readonly services: readonly ServiceParameters[];
}

const TYPE = [
  {
    type: "tuple",
    components: [
      { name: "feeBps", type: "uint16" },
      { name: "quorum", type: "uint8" },
      {
        name: "services",
        type: "tuple[]",
        components: [
          { name: "service", type: "uint8" },
          { name: "tier", type: "uint8" },
          { name: "referencePrice", type: "uint128" },
          { name: "capacity", type: "uint128" },
        ],
      },
    ],
  },
] as const;

/**
 * The bytes for `RewardsDistributor.setParameters`: services in the order of their numbers and tiers.
 * @throws RangeError when they cannot be computed with: no fee, no quorum, no price, a tier that does not exist or is there twice.
 */
export function encodeRewardParameters(parameters: RewardParameters): Hex {
  requireParameters(parameters);
  const services = parameters.services
    .map((one) => ({ ...one, service: SERVICES[one.service] }))
    .sort((a, b) => a.service - b.service || a.tier - b.tier);
  return encodeAbiParameters(TYPE, [{ feeBps: Number(parameters.feeBps), quorum: parameters.quorum, services }]);
}

/** The `paramsHash` of a proposal. */
export function hashRewardParameters(parameters: RewardParameters): Hex {
  return keccak256(encodeRewardParameters(parameters));
}

/** @throws RangeError as `encodeRewardParameters` does. */
export function requireParameters({ feeBps, quorum, services }: RewardParameters): void {
  if (feeBps <= 0n || feeBps > 10_000n) throw new RangeError(`A fee of ${feeBps} basis points is outside 1 to 10,000.`);
  if (!Number.isInteger(quorum) || quorum < 1) throw new RangeError(`A quorum of ${quorum} is less than one.`);
  const seen = new Set<string>();
  for (const { service, tier, referencePrice, capacity } of services) {
    requireTier(tier);
    const name = `${service} ${tier}`;
    if (seen.has(name)) throw new RangeError(`${name} is there twice.`);
    if (referencePrice <= 0n || capacity < 0n) throw new RangeError(`${name} has no price or no capacity.`);
    // Else the reference request would pay nothing, and a fee no points.
    if (referencePrice * feeBps < 10_000n) throw new RangeError(`${name} has a reference request without a fee.`);
    seen.add(name);
  }
}
