/** A demo market: invented numbers that look like a quiet day. */
export interface MarketPlan {
  base: string;
  quote: string;
  /** Price that the walk begins at. */
  start: number;
  /** Deviation of one step, as a part of the price. */
  volatility: number;
  /** Smallest and largest order, in the base token. */
  size: readonly [number, number];
  /** Whether makers ask for their fills to be observed. */
  observed: boolean;
}

export const MARKETS: readonly MarketPlan[] = [
  { base: "WETH", quote: "USDC", start: 3_200, volatility: 0.0035, size: [0.05, 2.5], observed: true },
  { base: "WPEAQ", quote: "USDC", start: 0.065, volatility: 0.006, size: [500, 25_000], observed: false },
];
