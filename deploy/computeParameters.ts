import { type RewardParameters, type Service, SERVICES, TIERS } from "@cxmpute/sdk";
import { parseUnits } from "viem";

/** Where a price lies, in 1e-12 USD a unit of the service. */
export type Band = {
  leastInput: bigint;
  mostInput: bigint;
  leastOutput: bigint;
  mostOutput: bigint;
};

/** What a plan is: USDC units a period of 30 days, requests at once and a minute, tokens. */
export type PlanTerms = {
  fee: bigint;
  concurrency: number;
  requestsPerMinute: number;
  bucket: bigint;
};

/** The marketplace's numbers where no network says otherwise. */
export const computeDefaults = {
  /** The platform's part of usage, in basis points. */
  fee: 500n,
  /** Units of UNXV that a unit of USDC is counted as by fee locks: a UNXV is 0.1 USDC. */
  unxvPerUsdc: 10n ** 13n,
  /** Units of UNXV for a unit of USDC of platform fees: the most that rewards may come to. 10 UNXV a USD. */
  unxvPerFee: 10n ** 13n,
  /** What a dispute about anything but a shown fault is opened with. */
  disputeBond: parseUnits("500", 18),
  /** How many of the attesters must agree. */
  quorum: 3n,
  /** Least and most of them. */
  attesters: [1n, 16n],
} as const;

/** What a provision keeps staked, by tier. */
export const minimumStakes: readonly bigint[] = ["1000", "3000", "7000", "15000"].map((text) => parseUnits(text, 18));

/** In the order of their numbers, from 1. An enterprise's is made for it. */
export const plans: Readonly<Record<string, PlanTerms>> = {
  Starter: { fee: 15_000_000n, concurrency: 1, requestsPerMinute: 40, bucket: 20_000_000n },
  Pro: { fee: 69_000_000n, concurrency: 4, requestsPerMinute: 200, bucket: 100_000_000n },
  Scale: { fee: 249_000_000n, concurrency: 15, requestsPerMinute: 1_000, bucket: 600_000_000n },
};

/** What a token costs by tier; half of it in, the rest out. 1e-12 USD. */
const TOKEN_INPUT = [150_000n, 350_000n, 1_200_000n, 3_500_000n] as const;

/** What a unit costs: of each service that has one price for all tiers. */
const UNIT = {
  /** 0.008 USD a minute. */
  speech: 133_333_333n,
  /** A page. */
  scraping: 600_000_000n,
  /** A megapixel; ours, since the market's are from a tenth to ten times it. */
  image: 20_000_000_000n,
  /** A second; likewise. */
  video: 100_000_000_000n,
} as const;
const EMBEDDING = 20_000n;

/** What can be asked: from 30 % of the list price, since spot is up to 70 % off, to twice it; media from a tenth to ten times. */
function within(list: bigint, [least, most]: readonly [bigint, bigint] = [3n, 20n]): readonly [bigint, bigint] {
  return [(list * least) / 10n, (list * most) / 10n];
}

/** The band of a service and tier. */
export function bandOf(service: Service, tier: number): Band {
  const input = TOKEN_INPUT[tier];
  if (input === undefined) throw new RangeError(`there is no tier ${tier}`);
  if (service === "embeddings") return band(within(EMBEDDING), [0n, 0n]);
  if (service === "image" || service === "video") return band([0n, 0n], within(UNIT[service], [1n, 100n]));
  if (service === "speech" || service === "scraping") return band([0n, 0n], within(UNIT[service]));
  return band(within(input), within(input * 2n));
}

function band(
  [leastInput, mostInput]: readonly [bigint, bigint],
  [leastOutput, mostOutput]: readonly [bigint, bigint],
) {
  return { leastInput, mostInput, leastOutput, mostOutput };
}

/** Every service and tier, in the order of their numbers. */
export const servicesAndTiers: readonly (readonly [Service, number])[] = (Object.keys(SERVICES) as Service[]).flatMap(
  (service) => Array.from({ length: TIERS }, (_, tier) => [service, tier] as const),
);

/** Of the reference request: 1,000 tokens in and out, 1,000 tokens, a minute, a page, a megapixel, a second. */
function referencePrice(service: Service, tier: number): bigint {
  const input = TOKEN_INPUT[tier] ?? 0n;
  if (service === "embeddings") return EMBEDDING * 1_000n;
  if (service === "speech") return UNIT.speech * 60n;
  if (service === "scraping" || service === "image" || service === "video") return UNIT[service];
  return input * 3n * 1_000n;
}

/** Base points, in millionths, that a provision can serve in an hour: 3,600 requests of the tier's points. */
const CAPACITY = [3_600n, 10_800n, 25_200n, 54_000n].map((points) => points * 1_000_000n);

/** What rewards are computed with. */
export const rewardParameters: RewardParameters = {
  feeBps: computeDefaults.fee,
  quorum: Number(computeDefaults.quorum),
  services: servicesAndTiers.map(([service, tier]) => ({
    service,
    tier,
    referencePrice: referencePrice(service, tier),
    capacity: CAPACITY[tier] ?? 0n,
  })),
};

/** Millions of UNXV a year: all that the community gets; what of it is compute's, its gauge says by what it funds. */
const EMISSIONS = [80n, 60n, 45n, 35n, 25n, 105n] as const;
const EPOCHS_A_YEAR = 52;
/** 105 million in one year would be above what an epoch may grant at most. */
const LAST_YEARS = 2;
const MILLION = 10n ** 24n;

/** What epochs from `firstEpoch` on grant. */
export function rewardSchedule(firstEpoch: number): readonly { from: number; perEpoch: bigint }[] {
  const years = EMISSIONS.map((millions, year) => ({
    from: firstEpoch + year * EPOCHS_A_YEAR,
    perEpoch: (millions * MILLION) / BigInt(EPOCHS_A_YEAR * (year === EMISSIONS.length - 1 ? LAST_YEARS : 1)),
  }));
  const end = firstEpoch + (EMISSIONS.length - 1 + LAST_YEARS) * EPOCHS_A_YEAR;
  return [...years, { from: end, perEpoch: 0n }];
}
