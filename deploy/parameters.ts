/** The protocol's numbers where no network says otherwise. `deploy/parameters/<network>.json` overrides them. */
export const defaults = {
  /** Seconds between a governance decision and its execution: 48 hours. */
  timelockDelay: 172_800n,
  /** Millionths of what a taker takes: 6 bps. */
  takerFee: 600n,
  /** Where Permit2 lies on every chain that has it. */
  permit2: "0x000000000022D473030F116dDEE9F6B43aC78BA3",
} as const;

/** Tokens of local chains, without worth. WPEAQ beside them is a contract of its own, since it wraps the coin. */
export const demoTokens = {
  USDC: { name: "USD Coin", decimals: 6 },
  WETH: { name: "Wrapped Ether", decimals: 18 },
} as const;
