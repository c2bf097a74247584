import type { Logger } from "pino";
import type { Address, PrivateKeyAccount } from "viem";

import type { ChainAccess } from "./chain/access.ts";
import type { FeePolicy } from "./chain/fees.ts";
import type { Metrics } from "./observe/metrics.ts";
import type { Prices } from "./price/prices.ts";
import type { Store } from "./store/database.ts";
import type { Scope } from "./store/intents.ts";
import type { Bot } from "./types.ts";

/** What the operator decided about sending. */
export interface SendPolicy {
  readonly fees: FeePolicy;
  /** What a call must earn above its gas, in percent of the gas. */
  readonly marginPercent: number;
  /** Milliseconds that an attempt may wait before it is replaced. */
  readonly replaceAfterMs: number;
  /** Milliseconds after which an intent that has not landed is reported as stuck. */
  readonly trackBoundMs: number;
  /** Blocks on top of a booking's block before it is final. */
  readonly confirmations: bigint;
  /** Decide and log, but write and send nothing. */
  readonly dryRun: boolean;
}

/** What the parts of the engine share. */
export interface Context {
  readonly access: ChainAccess;
  readonly account: PrivateKeyAccount;
  /** Who receives what the bots earn. */
  readonly recipient: Address;
  readonly scope: Scope;
  readonly store: Store;
  readonly policy: SendPolicy;
  readonly bots: ReadonlyMap<string, Bot>;
  readonly prices: Prices;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
