import { getBeat, getPriceQuote, getPriceSources, ORACLE_GRACE, PriceQuality, SourceKind } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";
import type { Head, Watch } from "../engine/watch/watch.ts";

/** What stands still until somebody pokes. */
export interface BeatView {
  /** The chain stalled, and its grace does not begin before a beat. */
  hasStalled: boolean;
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

/** Asks in every block whether a grace waits for a poke: it does while it always ends 15 minutes from now. */
export function beatWatch({ access, receiver, priceOracle, assets, view }: BeatWatchOptions): Watch {
  let last: Head | undefined;

  async function isUnwatched(asset: Address, head: Head): Promise<boolean> {
    const at = { priceOracle, asset, blockNumber: head.number };
    const sources = await getPriceSources(access.read, at);
    if (!sources.some(({ kind }) => kind === SourceKind.Aggregator)) return false;
    const { quality, liquidatableFrom } = await getPriceQuote(access.read, at);
    return quality === PriceQuality.Fresh && liquidatableFrom === head.timestamp + ORACLE_GRACE;
  }

  return {
    async advance(head) {
      if (last?.hash === head.hash) return;
      const { liquidatableFrom } = await getBeat(access.read, {
        priceFeedReceiver: receiver,
        blockNumber: head.number,
      });
      view.hasStalled = liquidatableFrom === head.timestamp + ORACLE_GRACE;
      // A stall counts for every asset: whether one needs a poke of its own shows after the beat.
      const waiting = view.hasStalled ? [] : await Promise.all(assets.map((asset) => isUnwatched(asset, head)));
      view.unwatched = assets.filter((_, index) => waiting[index] === true);
      last = head;
    },
    isReady: () => last !== undefined,
    lag: () => 0n,
    view: () => ({ stalled: view.hasStalled, unwatched: view.unwatched.length }),
  };
}
