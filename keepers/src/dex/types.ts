import type { Leg } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { BookView } from "./bookView.ts";

/** Where trades are made, and by whom. */
export interface Venue {
  readonly view: BookView;
  /** Who fills. */
  readonly taker: Address;
  /** Millionths. */
  readonly takerFee: () => bigint;
  /** Tokens that a route may lead over. */
  readonly tokens: readonly Address[];
}

/** The tokens on the way, from what is sold to what is bought. */
export type Path = readonly Address[];

/** Trades on the order book that turn one token into another, by what was watched. */
export interface Route {
  readonly path: Path;
  /** One a step, in order, each paying with no more than there is by then. */
  readonly legs: readonly Leg[];
  /** Units of the first token. */
  readonly paid: bigint;
  /** Units of the last token, fees deducted. */
  readonly received: bigint;
}
