import { type LendMarketView, MILLION, PriceQuality, type PriceQuote, toAssetsDown, WAD } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { FixedPrice, Prices } from "../engine/price/prices.ts";
import type { LendView } from "./lendView.ts";

/** What prices from the oracle need. */
export interface OraclePricesOptions {
  readonly view: LendView;
  /** The wrapped coin: one unit is one wei. */
  readonly coin: Address;
  /** Prices that the operator wrote down: one of a token with an oracle price says what the coin is worth, where the
   * oracle does not. Keys are lower-case addresses. */
  readonly fixed: ReadonlyMap<string, FixedPrice>;
  /** Millionths that selling what is gained is reckoned to lose. */
  readonly slippage: bigint;
  /** Millionths that uTokens are reckoned to be worth less than what they stand for, since it cannot be had at once. */
  readonly shareDiscount: bigint;
}

/** 1e18 USD for a whole coin. */
type CoinPrice = Pick<PriceQuote, "low" | "high">;

/**
 * Prices the lending assets as the protocol does, by the oracle, always at the price that counts against the keeper:
 * gains at the low price less slippage, costs at the high one. A uToken is worth its part of the pool, less a discount.
 * Undefined where no liquidation could run on the price.
 */
export function oraclePrices({ view, coin, fixed, slippage, shareDiscount }: OraclePricesOptions): Prices {
  function coinPrice(): CoinPrice | undefined {
    const market = usable(view.marketOf(coin));
    if (market !== undefined) return market.quote;
    for (const [token, price] of fixed) {
      const anchor = usable(view.marketOf(token as Address));
      if (anchor === undefined || price.coin === 0n) continue;
      return {
        low: (anchor.quote.low * WAD) / price.coin,
        high: (anchor.quote.high * WAD + price.coin - 1n) / price.coin,
      };
    }
    return undefined;
  }

  /** The market of a token, and what an amount of it comes to in its asset; down. */
  function assetsOf(token: Address, amount: bigint): readonly [LendMarketView | undefined, bigint] {
    const pool = view.marketOfPool(token);
    if (pool === undefined) return [view.marketOf(token), amount];
    return [pool, (toAssetsDown(pool.totals, amount) * (MILLION - shareDiscount)) / MILLION];
  }

  return {
    worth({ token, amount }) {
      const [found, assets] = assetsOf(token, amount);
      const [market, coinIn] = [usable(found), coinPrice()];
      if (market === undefined || coinIn === undefined || coinIn.high === 0n) return undefined;
      // Each step down: less is gained.
      const sold = (assets * (MILLION - slippage)) / MILLION;
      return (sold * market.quote.low * WAD) / (unitOf(market) * coinIn.high);
    },
    cost({ token, amount }) {
      const [market, coinIn] = [usable(view.marketOf(token)), coinPrice()];
      if (market === undefined || coinIn === undefined || coinIn.low === 0n) return undefined;
      const divisor = unitOf(market) * coinIn.low;
      // Up: more is paid.
      return (amount * market.quote.high * WAD + divisor - 1n) / divisor;
    },
  };
}

/** A market whose price a liquidation could run on. */
function usable(market: LendMarketView | undefined): LendMarketView | undefined {
  if (market === undefined) return undefined;
  const { quality, low } = market.quote;
  return quality >= PriceQuality.Pending && low > 0n ? market : undefined;
}

/** Units of a whole token. */
const unitOf = ({ decimals }: LendMarketView): bigint => 10n ** BigInt(decimals);
