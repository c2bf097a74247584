/**
 * What points and rewards are, to the last digit; `PointsMath.sol` is the same in Solidity, and both are held to the same
 * vectors. Points are counted in millionths of a point, multipliers in millionths (ppm). Every product is rounded down.
 */
import { VALUE_PER_UNIT } from "../constants.ts";
import { requireTier, type Service } from "./services.ts";

/** A point, in its units. */
export const POINT = 1_000_000n;

/** One, as a multiplier. */
export const NEUTRAL_PPM = 1_000_000n;

const TIER_POINTS = [1n, 3n, 7n, 15n] as const;

/** What was served in an hour. */
export interface Usage {
  readonly requests: bigint;
  readonly inputTokens: bigint;
  /** Of services without tokens what they put out: seconds of speech or video, pages, megapixels. */
  readonly outputTokens: bigint;
}

/**
 * The points of what was served, before multipliers. Chat, vision and transcription count requests, images too, embeddings
 * input tokens, the others the units that they put out.
 * @throws RangeError when there is no such tier.
 */
export function basePoints(service: Service, tier: number, usage: Usage): bigint {
  requireTier(tier);
  switch (service) {
    case "embeddings":
      return (usage.inputTokens * POINT) / 1_000n;
    case "speech":
      return (usage.outputTokens * 2n * POINT) / 60n;
    case "scraping":
      return (usage.outputTokens * POINT) / 2n;
    case "image":
      return usage.requests * 5n * POINT;
    case "video":
      return usage.outputTokens * 10n * POINT;
    case "chat":
    case "vision":
    case "transcription":
      return usage.requests * (TIER_POINTS[tier] ?? 0n) * POINT;
  }
}

/**
 * The points of a reference request: a thousand tokens in and out, a thousand tokens, a minute, a page, an image of a
 * megapixel, a second of video.
 * @throws RangeError when there is no such tier.
 */
export function referencePoints(service: Service, tier: number): bigint {
  const outputTokens = service === "speech" ? 60n : 1n;
  return basePoints(service, tier, { requests: 1n, inputTokens: 1_000n, outputTokens });
}

/** 0.9 at an uptime of 99 %, 1.3 from 99.95 % on, linear between and below, at least 0.8. All in ppm. */
export function uptimeMultiplier(uptime: bigint): bigint {
  if (uptime >= 999_500n) return 1_300_000n;
  const scaled = 1_300_000n * 9_500n - (999_500n - uptime) * 400_000n;
  return scaled <= 800_000n * 9_500n ? 800_000n : scaled / 9_500n;
}

/** 1.15 up to a p50 of 300 ms, 0.85 from 800 ms on, linear between. In ppm. */
export function latencyMultiplier(p50Ms: bigint): bigint {
  if (p50Ms <= 300n) return 1_150_000n;
  if (p50Ms >= 800n) return 850_000n;
  return 1_150_000n - (p50Ms - 300n) * 600n;
}

/** 0.5 + 1.5 × utilisation, at most 2. All in ppm. */
export function demandMultiplier(utilisation: bigint): bigint {
  if (utilisation >= NEUTRAL_PPM) return 2_000_000n;
  return 500_000n + (1_500_000n * utilisation) / NEUTRAL_PPM;
}

/**
 * How much of a service and tier was used in an hour, in ppm, at most all.
 * @param used base points of all its provisions in that hour
 * @param capacity base points that one provision can serve in an hour
 * @param uptimes the sum of its provisions' uptimes in that hour, in ppm
 */
export function utilisationOf(used: bigint, capacity: bigint, uptimes: bigint): bigint {
  const offered = capacity * uptimes;
  const scaled = used * NEUTRAL_PPM * NEUTRAL_PPM;
  return scaled >= offered * NEUTRAL_PPM ? NEUTRAL_PPM : scaled / offered;
}

/** base × uptime × latency × demand, each product rounded down. */
export function hourPoints(base: bigint, uptime: bigint, latency: bigint, demand: bigint): bigint {
  return (((((base * uptime) / NEUTRAL_PPM) * latency) / NEUTRAL_PPM) * demand) / NEUTRAL_PPM;
}

/**
 * The most points that a provision has in an epoch: twice those of reference requests that pay as much.
 * @param fee that the provision's usage paid to the platform, in units of USDC
 * @param reference points of the reference request
 * @param referenceFee what the reference request pays to the platform, in 1e-12 USD, not zero
 */
export function capOf(fee: bigint, reference: bigint, referenceFee: bigint): bigint {
  return (2n * fee * VALUE_PER_UNIT * reference) / referenceFee;
}

/** The points of reference requests that pay as much: what counts while attesters are silent. */
export function pointsOfFee(fee: bigint, reference: bigint, referenceFee: bigint): bigint {
  return (fee * VALUE_PER_UNIT * reference) / referenceFee;
}

/** A provision's part of an epoch's pool; nothing when nobody has points. */
export function rewardOf(points: bigint, all: bigint, pool: bigint): bigint {
  return all === 0n ? 0n : (points * pool) / all;
}

/**
 * How much of a provision's reward goes to its delegation pool, by tokens. The provider's cut is taken of it when it is
 * claimed.
 */
export function poolPart(reward: bigint, own: bigint, delegated: bigint): bigint {
  return delegated === 0n ? 0n : (reward * delegated) / (own + delegated);
}
