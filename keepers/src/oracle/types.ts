import type { AggregatorRound, FeedStatus, SenderFeed } from "@cxmpute/sdk";

/** A feed on both chains. */
export interface FeedView {
  /** As the sender has it fixed. */
  readonly feed: SenderFeed;
  /** The aggregator's latest. */
  readonly round: AggregatorRound;
  /** What the receiver knows. */
  readonly status: FeedStatus;
}

/** A price that was pushed, whoever did. */
export interface Push {
  readonly answer: bigint;
  /** Seconds, of the block that observed it. */
  readonly observedAt: bigint;
}

/** What the watch knows of the relay. */
export interface RelayView {
  feeds: readonly FeedView[];
  /** Each feed's latest push, by id. */
  readonly pushes: Map<number, Push>;
  /** Seconds, of the sender's chain; zero until the first look. */
  time: bigint;
}
