import {
  BEAT_INTERVAL,
  getBeat,
  getPriceQuote,
  getPriceSources,
  ORACLE_GRACE,
  PriceQuality,
  SourceKind,
} from "@cxmpute/sdk";
import type { Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";
import type { Head, Watch } from "../engine/watch/watch.ts";

/**
 * Why a beat changes something. The chain stalled, and its grace does not begin before one; or the last is ten minutes
 * old: slow blocks look the less like a stall, the fewer of them lie between two beats.
 */
export type BeatReason = "stall" | "routine";

/** What somebody should poke. */
export interface BeatView {
  beat: BeatReason | undefined;
  /** Assets whose local aggregator nobody watches: their grace does not begin before a poke. */
  unwatched: readonly Address[];
}

/** What a beat watch needs. */
export interface BeatWatchOptions {
  readonly access: ChainAccess;
  readonly receiver: Address;
  readonly priceOracle: Address;
  /** Assets that may have a local aggregator. */
  readonly assets: readonly Address[];
  readonly view: BeatView;
}

/**
 * Asks in every block whether a beat is due, and whether a grace waits for a poke: it does while it always ends 15
 * minutes from now.
 */
export function beatWatch({ access, receiver, priceOracle, assets, view }: BeatWatchOptions): Watch {
  let last: Head | undefined;
  /** Assets that waited at the last look. */
  let seen: ReadonlySet<Address> = new Set();

  async function isWaiting(asset: Address, head: Head): Promise<boolean> {
    const at = { priceOracle, asset, blockNumber: head.number };
    const sources = await getPriceSources(access.read, at);
    if (!sources.some(({ kind }) => kind === SourceKind.Aggregator)) return false;
    const { quality, liquidatableFrom } = await getPriceQuote(access.read, at);
    return quality === PriceQuality.Fresh && liquidatableFrom === head.timestamp + ORACLE_GRACE;
  }

  return {
    async advance(head) {
      if (last?.hash === head.hash) return;
      const at = { priceFeedReceiver: receiver, blockNumber: head.number };
      const { liquidatableFrom, beatAt } = await getBeat(access.read, at);
      const hasStalled = liquidatableFrom === head.timestamp + ORACLE_GRACE && beatAt !== head.timestamp;
      const isOld = head.timestamp - beatAt >= BEAT_INTERVAL;
      view.beat = hasStalled ? "stall" : isOld ? "routine" : undefined;
      // A stall counts for every asset: whether one needs a poke of its own shows after the beat.
      const found = hasStalled ? [] : await Promise.all(assets.map((asset) => isWaiting(asset, head)));
      const waiting = assets.filter((_, index) => found[index] === true);
      // Seen twice: in the block of a poke its grace ends 15 minutes from then as well.
      view.unwatched = waiting.filter((asset) => seen.has(asset));
      seen = new Set(waiting);
      last = head;
    },
    isReady: () => last !== undefined,
    lag: () => 0n,
    view: () => ({ beatDue: view.beat !== undefined, unwatched: view.unwatched.length }),
  };
}
