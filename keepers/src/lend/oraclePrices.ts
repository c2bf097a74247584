import { type LendMarketView, MILLION, PriceQuality, type PriceQuote, WAD } from "@cxmpute/sdk";
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
}

/** 1e18 USD for a whole coin. */
type CoinPrice = Pick<PriceQuote, "low" | "high">;

/**
 * Prices the lending assets as the protocol does, by the oracle, always at the price that counts against the keeper:
 * gains at the low price less slippage, costs at the high one. Undefined where no liquidation could run on the price.
 */
export function oraclePrices({ view, coin, fixed, slippage }: OraclePricesOptions): Prices {
  function usable(token: Address): LendMarketView | undefined {
    const market = view.marketOf(token);
    if (market === undefined) return undefined;
    const { quality, low } = market.quote;
    return quality >= PriceQuality.Pending && low > 0n ? market : undefined;
  }

  function coinPrice(): CoinPrice | undefined {
    const market = usable(coin);
    if (market !== undefined) return market.quote;
    for (const [token, price] of fixed) {
      const anchor = usable(token as Address);
      if (anchor === undefined || price.coin === 0n) continue;
      return {
        low: (anchor.quote.low * WAD) / price.coin,
        high: (anchor.quote.high * WAD + price.coin - 1n) / price.coin,
      };
    }
    return undefined;
  }

  return {
    worth({ token, amount }) {
      const [market, coinIn] = [usable(token), coinPrice()];
      if (market === undefined || coinIn === undefined || coinIn.high === 0n) return undefined;
      // Each step down: less is gained.
      const sold = (amount * (MILLION - slippage)) / MILLION;
      return (sold * market.quote.low * WAD) / (unitOf(market) * coinIn.high);
    },
    cost({ token, amount }) {
      const [market, coinIn] = [usable(token), coinPrice()];
      if (market === undefined || coinIn === undefined || coinIn.low === 0n) return undefined;
      const divisor = unitOf(market) * coinIn.low;
      // Up: more is paid.
      return (amount * market.quote.high * WAD + divisor - 1n) / divisor;
    },
  };
}

/** Units of a whole token. */
const unitOf = ({ decimals }: LendMarketView): bigint => 10n ** BigInt(decimals);
