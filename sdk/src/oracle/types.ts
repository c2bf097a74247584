/** What a price may be used for, from worst to best. The numbers are the contract's. */
export const PriceQuality = {
  /** No usable price: `low` is zero, `high` is 2^128 − 1. */
  Halted: 0,
  /** Time-weighted price of the DEX: risk may shrink by it, nothing else. */
  Fallback: 1,
  /** A jump awaits its confirmation: the price is `low` or `high`, and risk may not grow. */
  Pending: 2,
  Fresh: 3,
} as const;
export type PriceQuality = (typeof PriceQuality)[keyof typeof PriceQuality];

/** What a relayed feed is worth. The numbers are the contract's. */
export const FeedState = { Stale: 0, Pending: 1, Fresh: 2 } as const;
export type FeedState = (typeof FeedState)[keyof typeof FeedState];

/** Where an asset's price comes from. The numbers are the contract's. */
export const SourceKind = { None: 0, Feed: 1, Aggregator: 2, Dex: 3 } as const;
export type SourceKind = (typeof SourceKind)[keyof typeof SourceKind];

/** What is known of an asset's price. */
export interface PriceQuote {
  /** 1e18 USD for a whole token: for collateral, and for debt in a liquidation. */
  readonly low: bigint;
  /** 1e18 USD for a whole token: for debt, and for collateral in a liquidation. */
  readonly high: bigint;
  /** When the source last updated the price, seconds; zero when it never did. */
  readonly updatedAt: bigint;
  /** First second at which a liquidation may rely on it; 2^256 − 1 when none may. */
  readonly liquidatableFrom: bigint;
  readonly quality: PriceQuality;
}

/** What is known of a relayed feed's price, as `PriceQuote`. */
export interface FeedQuote {
  readonly low: bigint;
  readonly high: bigint;
  readonly updatedAt: bigint;
  readonly liquidatableFrom: bigint;
  readonly state: FeedState;
}

/** An answer of Chainlink as it was observed. */
export interface FeedAnswer {
  /** In the feed's decimals; zero when there is none. */
  readonly answer: bigint;
  /** Chainlink's, seconds. */
  readonly updatedAt: bigint;
  /** When a block of the sister chain saw it, seconds. */
  readonly observedAt: bigint;
  /** Phase 8 | aggregator round 32. */
  readonly round: bigint;
}

/** An answer that awaits its confirmation. */
export interface PendingAnswer extends FeedAnswer {
  /** First second of observation that can confirm it. */
  readonly observedFrom: bigint;
  /** First second of the receiver's chain at which it can be confirmed. */
  readonly deliveredFrom: bigint;
}

/** A feed as the receiver keeps it. */
export interface FeedConfig {
  readonly decimals: number;
  /** Seconds that an update of Chainlink's stays valid: the heartbeat and a tenth. */
  readonly maxAge: bigint;
}

/** A feed as the sender has it fixed. Answers must lie between the two bounds, and are neither. */
export interface SenderFeed {
  readonly feedId: number;
  readonly aggregator: `0x${string}`;
  /** Seconds that a round stays valid. */
  readonly maxAge: bigint;
  readonly minAnswer: bigint;
  readonly maxAnswer: bigint;
}

/** The latest round of an aggregator. */
export interface AggregatorRound {
  readonly roundId: bigint;
  readonly answer: bigint;
  readonly updatedAt: bigint;
  readonly answeredInRound: bigint;
}
