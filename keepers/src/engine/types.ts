import type { Address, Hex } from "viem";

import type { Prices } from "./price/prices.ts";
import type { SkipReason } from "./skips.ts";

/** A bot's own description of an opportunity: plain JSON, stored with the intent so that a restart can quote it again. */
export type Payload = Readonly<Record<string, string | readonly string[]>>;

/** What a call brings to the recipient, or costs the signer, in token units. */
export interface Gain {
  readonly token: Address;
  readonly amount: bigint;
}

/** A transaction before gas and fees. */
export interface Call {
  readonly to: Address;
  readonly data: Hex;
  /** Coin that goes with it, in wei; none unless said. What comes back is not counted as spent. */
  readonly value?: bigint | undefined;
}

/** Part of the quoted gains that a call must still bring to be worth landing: `numerator / denominator` ≤ 1. */
export interface Floor {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** All of the gains. */
export const FULL: Floor = { numerator: 1n, denominator: 1n };

/**
 * What the gas of a call is estimated at: amounts that change by the second may have moved since the quote, and a call
 * that must bring every unit of it would revert for that alone.
 */
export const NEARLY_FULL: Floor = { numerator: 9n, denominator: 10n };

/** What looks worth asking the chain about. */
export interface Candidate {
  readonly payload: Payload;
  /** Names the opportunity in logs, cool-downs and the books. */
  readonly key: string;
  /** Estimate, by which candidates are ranked; or what the chain said, in a quote. */
  readonly gains: readonly Gain[];
  /** What the signer pays in tokens; nothing unless said. */
  readonly costs?: readonly Gain[] | undefined;
  /** Orders that the call consumes: they do not count when the gains are priced. */
  readonly consumes: readonly bigint[];
  /** Why it cannot be taken now, as far as what was watched tells: it is noted and passed over. */
  readonly blocked?: SkipReason | undefined;
  /** Percent of the bot's daily budget that may be spent once it is taken; all of it unless said. */
  readonly budgetPercent?: bigint | undefined;
}

/** What the chain says now about an opportunity. */
export interface Quote extends Candidate {
  /** The call that reverts rather than bring less than `floor` of each gain. */
  call(floor: Floor): Call;
}

/** One kind of work. A bot looks and quotes; the engine prices, sends and books. */
export interface Bot {
  readonly name: string;
  /** A pass older than this means that the bot is dead. Milliseconds. */
  readonly periodMs: number;
  /** Coin that the bot may spend in 24 hours without earning any; undefined for bots that must earn. */
  readonly dailyBudget: bigint | undefined;
  /** What its gains and costs are priced by, instead of the process's prices. */
  readonly prices?: Prices | undefined;
  /** What looks worth quoting, from what was watched. */
  find(): readonly Candidate[];
  /** Asks the chain; undefined when the opportunity is gone. Throws when the chain does not answer. */
  quote(payload: Payload): Promise<Quote | undefined>;
}
