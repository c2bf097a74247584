import { type LendPosition, PriceQuality, type PriceQuote } from "../../src/index.ts";

export const WHOLE_USD = 10n ** 18n;

/** A fresh quote in 1e18 USD, good for liquidations. */
export function quote(price: bigint, parts: Partial<PriceQuote> = {}): PriceQuote {
  return { low: price, high: price, updatedAt: 0n, liquidatableFrom: 0n, quality: PriceQuality.Fresh, ...parts };
}

/** A position in an asset of 18 decimals and 1 USD, 80 % and 85 %, empty unless said. */
export function position(id: number, parts: Partial<LendPosition> = {}): LendPosition {
  return {
    id,
    decimals: 18,
    collateralFactorBps: 8_000n,
    thresholdBps: 8_500n,
    closeFactorBps: 5_000n,
    isolated: false,
    isolationDebt: false,
    supplied: 0n,
    isCollateral: false,
    debt: 0n,
    quote: quote(WHOLE_USD),
    ...parts,
  };
}
