import type { LendAccountView, LendMarketView } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { Capital } from "./types.ts";

/** What the watch knows of lending. */
export interface LendView {
  put(borrower: LendAccountView): void;
  remove(account: Address): void;
  get(account: Address): LendAccountView | undefined;
  all(): Iterable<LendAccountView>;
  size(): number;
  /** By id. */
  markets(): readonly LendMarketView[];
  marketOf(asset: Address): LendMarketView | undefined;
  /** The market whose uToken this is. */
  marketOfPool(pool: Address): LendMarketView | undefined;
  /** The signer's, by id. */
  capital(): readonly Capital[];
  /** Latest block time, seconds. */
  time(): bigint;
  setMarkets(markets: readonly LendMarketView[], capital: readonly Capital[], time: bigint): void;
}

export function lendView(): LendView {
  const borrowers = new Map<Address, LendAccountView>();
  let markets: readonly LendMarketView[] = [];
  let byAsset = new Map<string, LendMarketView>();
  let byPool = new Map<string, LendMarketView>();
  let capital: readonly Capital[] = [];
  let time = 0n;

  return {
    put: (borrower) => void borrowers.set(borrower.account, borrower),
    remove: (account) => void borrowers.delete(account),
    get: (account) => borrowers.get(account),
    all: () => borrowers.values(),
    size: () => borrowers.size,
    markets: () => markets,
    marketOf: (asset) => byAsset.get(asset.toLowerCase()),
    marketOfPool: (pool) => byPool.get(pool.toLowerCase()),
    capital: () => capital,
    time: () => time,
    setMarkets(next, nextCapital, seconds) {
      markets = next;
      byAsset = new Map(next.map((market) => [market.asset.toLowerCase(), market]));
      byPool = new Map(next.map((market) => [market.pool.toLowerCase(), market]));
      capital = nextCapital;
      time = seconds;
    },
  };
}
