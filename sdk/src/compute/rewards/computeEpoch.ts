import type { Hex } from "viem";

import { unpackProvisionId } from "../ids.ts";
import type { ComputeDomain } from "../types.ts";
import type { Attestation } from "./attestationTree.ts";
import { EPOCH_HOURS } from "./epochs.ts";
import { lowerMedian } from "./lowerMedian.ts";
import { type RewardParameters, requireParameters, type ServiceParameters } from "./parameters.ts";
import {
  basePoints,
  capOf,
  demandMultiplier,
  hourPoints,
  latencyMultiplier,
  NEUTRAL_PPM,
  pointsOfFee,
  poolPart,
  referencePoints,
  rewardOf,
  uptimeMultiplier,
  utilisationOf,
} from "./points.ts";
import { type RewardLeaf, REWARD_KINDS, rewardTree } from "./rewardTree.ts";
import type { Service } from "./services.ts";
import type { SortedMerkleTree } from "./SortedMerkleTree.ts";

/** A provision in an epoch, from chain data. */
export interface EpochProvision {
  readonly provisionId: bigint;
  readonly service: Service;
  readonly tier: number;
  /** What its usage paid to the platform in the epoch, in units of USDC. */
  readonly fee: bigint;
  /** The provider's own stake of it at the epoch's end, in units of UNXV. */
  readonly ownTokens: bigint;
  /** What others delegated to it at the epoch's end, in units of UNXV. */
  readonly delegatedTokens: bigint;
}

/** All that one attester measured in the epoch. */
export interface AttesterReport {
  readonly attester: Hex;
  readonly leaves: readonly Attestation[];
}

/** All that the rewards of an epoch are computed from. */
export interface EpochData {
  readonly domain: ComputeDomain;
  readonly parameters: RewardParameters;
  readonly provisions: readonly EpochProvision[];
  /** Of the attesters whose roots are on chain; not looked at when the hub is silent. */
  readonly reports: readonly AttesterReport[];
  /** Whether the epoch was not attested in time: fees alone count then, with neutral multipliers. */
  readonly isSilent: boolean;
  /** The leaves of the last root that was activated. */
  readonly previous: readonly RewardLeaf[];
  /** What there is to share, in units of UNXV: the least cap of the epoch less the last total. */
  readonly pool: bigint;
}

/** What a provision has of an epoch. */
export interface ProvisionRewards {
  readonly provisionId: bigint;
  /** In millionths of a point. */
  readonly points: bigint;
  /** The most that its fees allow. */
  readonly cap: bigint;
  /** Units of UNXV, for provider and pool. */
  readonly reward: bigint;
  /** The part of it for the delegation pool, of which the provider has its cut. */
  readonly toPool: bigint;
}

/** The rewards of an epoch. */
export interface EpochRewards {
  /** In the order of their ids. */
  readonly provisions: readonly ProvisionRewards[];
  /** All leaves, old and new, in the order of kind and account. */
  readonly leaves: readonly RewardLeaf[];
  readonly cumulativeTotal: bigint;
  /** The tree over the leaves; undefined when there are none. */
  readonly tree: SortedMerkleTree | undefined;
}

/**
 * The rewards of an epoch, bit for bit the same for everybody who has the same data, in whatever order.
 * @throws RangeError when data are not whole: something twice, of a provision that is not there, or out of its range.
 */
export function computeEpoch(data: EpochData): EpochRewards {
  requireParameters(data.parameters);
  if (data.pool < 0n) throw new RangeError(`A pool of ${data.pool} is negative.`);
  const provisions = indexed(data.provisions);
  const earned = data.isSilent ? undefined : attestedPoints(data, provisions);

  const counted = [...provisions.values()].map((provision) => {
    const { service, tier, fee, provisionId } = provision;
    const { referencePrice } = parametersOf(data.parameters, provision);
    const reference = referencePoints(service, tier);
    const referenceFee = (referencePrice * data.parameters.feeBps) / 10_000n;
    const cap = capOf(fee, reference, referenceFee);
    const all = earned === undefined ? pointsOfFee(fee, reference, referenceFee) : (earned.get(provisionId) ?? 0n);
    return { provision, cap, points: all < cap ? all : cap };
  });
  const sum = counted.reduce((total, { points }) => total + points, 0n);

  const rewards = counted.map(({ provision, cap, points }): ProvisionRewards => {
    const { provisionId, ownTokens, delegatedTokens } = provision;
    const reward = rewardOf(points, sum, data.pool);
    return { provisionId, points, cap, reward, toPool: poolPart(reward, ownTokens, delegatedTokens) };
  });
  const leaves = leavesAfter(data.previous, rewards);
  return {
    provisions: rewards,
    leaves,
    cumulativeTotal: leaves.reduce((total, { cumulative }) => total + cumulative, 0n),
    tree: leaves.length === 0 ? undefined : rewardTree(data.domain, leaves),
  };
}

/** By id, ascending. */
function indexed(provisions: readonly EpochProvision[]): Map<bigint, EpochProvision> {
  const sorted = [...provisions].sort((a, b) => compare(a.provisionId, b.provisionId));
  const byId = new Map<bigint, EpochProvision>();
  for (const one of sorted) {
    unpackProvisionId(one.provisionId);
    if (byId.has(one.provisionId)) throw new RangeError(`Provision ${one.provisionId} is there twice.`);
    const isWhole = one.fee >= 0n && one.ownTokens >= 0n && one.delegatedTokens >= 0n;
    if (!isWhole) {
      throw new RangeError(`Provision ${one.provisionId} has a number out of its range.`);
    }
    byId.set(one.provisionId, one);
  }
  return byId;
}

function parametersOf(parameters: RewardParameters, of: { service: Service; tier: number }): ServiceParameters {
  const found = parameters.services.find(({ service, tier }) => service === of.service && tier === of.tier);
  if (found === undefined) throw new RangeError(`${of.service} ${of.tier} has no parameters.`);
  return found;
}

/** Points of each provision over all hours that enough attesters measured. */
function attestedPoints(data: EpochData, provisions: ReadonlyMap<bigint, EpochProvision>): Map<bigint, bigint> {
  const points = new Map<bigint, bigint>();
  for (const measured of mediansByHour(data, provisions)) {
    // What is used and offered of each service and tier in this hour, by all of its provisions.
    const markets = new Map<ServiceParameters, { used: bigint; uptimes: bigint }>();
    const served = measured.map((median) => {
      const provision = known(provisions, median.provisionId);
      const parameters = parametersOf(data.parameters, provision);
      const base = basePoints(provision.service, provision.tier, median);
      const market = markets.get(parameters) ?? { used: 0n, uptimes: 0n };
      markets.set(parameters, { used: market.used + base, uptimes: market.uptimes + median.uptimePpm });
      return { median, parameters, base };
    });
    for (const { median, parameters, base } of served) {
      const { used, uptimes } = markets.get(parameters) ?? { used: 0n, uptimes: 0n };
      const demand =
        parameters.capacity === 0n ? NEUTRAL_PPM : demandMultiplier(utilisationOf(used, parameters.capacity, uptimes));
      const [uptime, latency] = [uptimeMultiplier(median.uptimePpm), latencyMultiplier(median.p50Ms)];
      const before = points.get(median.provisionId) ?? 0n;
      points.set(median.provisionId, before + hourPoints(base, uptime, latency, demand));
    }
  }
  return points;
}

/** For each hour the lower medians of the provisions that enough attesters measured in it. */
function mediansByHour(data: EpochData, provisions: ReadonlyMap<bigint, EpochProvision>): Attestation[][] {
  const hours = Array.from({ length: EPOCH_HOURS }, () => new Map<bigint, Attestation[]>());
  const attesters = new Set<string>();
  for (const { attester, leaves } of data.reports) {
    if (attesters.has(attester.toLowerCase())) throw new RangeError(`Attester ${attester} reports twice.`);
    attesters.add(attester.toLowerCase());
    const seen = new Set<string>();
    for (const leaf of leaves) {
      known(provisions, leaf.provisionId);
      const name = `hour ${leaf.hour} of provision ${leaf.provisionId}`;
      if (seen.has(name)) throw new RangeError(`Attester ${attester} reports ${name} twice.`);
      seen.add(name);
      const hour = hours[leaf.hour];
      if (hour === undefined) throw new RangeError(`An epoch has no hour ${leaf.hour}.`);
      hour.set(leaf.provisionId, [...(hour.get(leaf.provisionId) ?? []), leaf]);
    }
  }
  return hours.map((hour) =>
    [...hour.values()].filter((leaves) => leaves.length >= data.parameters.quorum).map(medianOf),
  );
}

function medianOf(leaves: readonly Attestation[]): Attestation {
  const of = (field: Exclude<keyof Attestation, "hour">) => lowerMedian(leaves.map((leaf) => leaf[field]));
  const [{ hour } = { hour: 0 }] = leaves;
  return {
    hour,
    provisionId: of("provisionId"),
    requests: of("requests"),
    inputTokens: of("inputTokens"),
    outputTokens: of("outputTokens"),
    uptimePpm: of("uptimePpm"),
    p50Ms: of("p50Ms"),
    failures: of("failures"),
  };
}

function known(provisions: ReadonlyMap<bigint, EpochProvision>, id: bigint): EpochProvision {
  const found = provisions.get(id);
  if (found === undefined) throw new RangeError(`Provision ${id} is not there.`);
  return found;
}

/** The previous leaves and what the epoch adds to them: to the provider what is not its pool's. */
function leavesAfter(previous: readonly RewardLeaf[], rewards: readonly ProvisionRewards[]): RewardLeaf[] {
  const leaves = new Map<string, RewardLeaf>();
  const nameOf = ({ kind, account }: Pick<RewardLeaf, "kind" | "account">) => `${kind} ${account}`;
  for (const leaf of previous) {
    if (leaves.has(nameOf(leaf))) throw new RangeError(`A previous leaf of ${nameOf(leaf)} is there twice.`);
    leaves.set(nameOf(leaf), leaf);
  }
  const add = (kind: RewardLeaf["kind"], account: bigint, amount: bigint) => {
    if (amount === 0n) return;
    const name = nameOf({ kind, account });
    leaves.set(name, { kind, account, cumulative: (leaves.get(name)?.cumulative ?? 0n) + amount });
  };
  for (const { provisionId, reward, toPool } of rewards) {
    add("account", BigInt(unpackProvisionId(provisionId).provider), reward - toPool);
    add("pool", provisionId, toPool);
  }
  return [...leaves.values()].sort(
    (a, b) => REWARD_KINDS[a.kind] - REWARD_KINDS[b.kind] || compare(a.account, b.account),
  );
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
