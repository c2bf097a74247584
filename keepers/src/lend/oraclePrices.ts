import type { Address } from "viem";

import type { FixedPrice, Prices } from "../engine/price/prices.ts";
import type { LendView } from "./lendView.ts";
import { Quality, WAD, type Market } from "./types.ts";

const MILLION = 1_000_000n;

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
interface CoinPrice {
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * Prices the lending assets as the protocol does, by the oracle, always at the price that counts against the keeper:
 * gains at the low price less slippage, costs at the high one. Undefined where no liquidation could run on the price.
 */
export function oraclePrices({ view, coin, fixed, slippage }: OraclePricesOptions): Prices {
  function usable(token: Address): Market | undefined {
    const market = view.marketOf(token);
    return market !== undefined && market.quality >= Quality.Pending && market.low > 0n ? market : undefined;
  }

  function coinPrice(): CoinPrice | undefined {
    const market = usable(coin);
    if (market !== undefined) return market;
    for (const [token, price] of fixed) {
      const anchor = usable(token as Address);
      if (anchor === undefined || price.coin === 0n) continue;
      return {
        low: (anchor.low * WAD) / price.coin,
        high: (anchor.high * WAD + price.coin - 1n) / price.coin,
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
      return (sold * market.low * WAD) / (market.unit * coinIn.high);
    },
    cost({ token, amount }) {
      const [market, coinIn] = [usable(token), coinPrice()];
      if (market === undefined || coinIn === undefined || coinIn.low === 0n) return undefined;
      const divisor = market.unit * coinIn.low;
      // Up: more is paid.
      return (amount * market.high * WAD + divisor - 1n) / divisor;
    },
  };
}
