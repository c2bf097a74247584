/** The protocol's numbers where no network says otherwise. `deploy/parameters/<network>.json` overrides them. */
export const defaults = {
  /** Seconds between a governance decision and its execution: 48 hours. */
  timelockDelay: 172_800n,
  /** Millionths of what a taker takes: 6 bps. */
  takerFee: 600n,
  /** Where Permit2 lies on every chain that has it. */
  permit2: "0x000000000022D473030F116dDEE9F6B43aC78BA3",
  /** Milliseconds between two blocks of peaq. */
  blockTime: 6_000n,
  /** Gas that a delivery pays for: twice what the first price of a feed takes. */
  baseGas: 120_000n,
  gasPerFeed: 80_000n,
  /** Bytes that LayerZero's executor takes. */
  maxMessageSize: 10_000n,
  /** Blocks of Ethereum before verifiers sign: beyond the depth of any reorganisation without a fault. */
  confirmations: 15n,
  /** Millionths of a flash loan: 8 bps. */
  flashFee: 800n,
} as const;

/** Tokens of local chains, without worth. WPEAQ beside them is a contract of its own, since it wraps the coin. */
export const demoTokens = {
  USDC: { name: "USD Coin", decimals: 6 },
  WETH: { name: "Wrapped Ether", decimals: 18 },
} as const;

/** Chainlink's feeds on Ethereum, each by its description there. Ids are ours, and never used twice. */
export interface Feed {
  id: number;
  decimals: number;
  /** Chainlink's own, seconds. */
  heartbeat: number;
  /** Answers at or beyond these are an aggregator that lies. */
  minAnswer: bigint;
  maxAnswer: bigint;
  /** What a demo aggregator begins at. */
  demoAnswer: bigint;
}

export const feeds: Readonly<Record<string, Feed>> = {
  "USDC / USD": {
    id: 1,
    decimals: 8,
    heartbeat: 86_400,
    minAnswer: 10n ** 7n,
    maxAnswer: 10n ** 9n,
    demoAnswer: 10n ** 8n,
  },
  "ETH / USD": {
    id: 2,
    decimals: 8,
    heartbeat: 3_600,
    minAnswer: 10n ** 9n,
    maxAnswer: 10n ** 14n,
    demoAnswer: 3_200n * 10n ** 8n,
  },
  /** Not on Ethereum yet: of local chains and rehearsals. */
  "PEAQ / USD": {
    id: 3,
    decimals: 8,
    heartbeat: 3_600,
    minAnswer: 10n ** 3n,
    maxAnswer: 10n ** 10n,
    demoAnswer: 6_500_000n,
  },
};

/** Where an asset's price comes from: its feed, and behind it, where `dexQuote` names a token, the order book. */
export interface AssetSources {
  feed: string;
  dexQuote?: string;
}

/** By symbol. An asset whose feed a network does not carry has no price there. */
export const sources: Readonly<Record<string, AssetSources>> = {
  USDC: { feed: "USDC / USD" },
  WETH: { feed: "ETH / USD", dexQuote: "USDC" },
  WPEAQ: { feed: "PEAQ / USD", dexQuote: "USDC" },
};

/** What a price of the order book asks for: whole USD of volume and blocks with fills. The contract's own least. */
export const dexSource = { minVolume: 50_000, minBlocks: 10 } as const;

/** A market of the lending pools. Rates a year, kink, factors and the reserve's part in basis points. */
export interface Market {
  base: bigint;
  slope1: bigint;
  slope2: bigint;
  kink: bigint;
  reserveFactor: bigint;
  collateralFactor: bigint;
  threshold: bigint;
  closeFactor: bigint;
  /** Whole tokens. */
  supplyCap: bigint;
  borrowCap: bigint;
}

/** By symbol, in the order in which they are listed. */
export const markets: Readonly<Record<string, Market>> = {
  USDC: {
    base: 0n,
    slope1: 500n,
    slope2: 30_000n,
    kink: 8_000n,
    reserveFactor: 1_000n,
    collateralFactor: 8_500n,
    threshold: 8_800n,
    closeFactor: 5_000n,
    supplyCap: 10_000_000n,
    borrowCap: 8_000_000n,
  },
  WETH: {
    base: 50n,
    slope1: 800n,
    slope2: 40_000n,
    kink: 7_500n,
    reserveFactor: 1_500n,
    collateralFactor: 7_500n,
    threshold: 8_000n,
    closeFactor: 5_000n,
    supplyCap: 4_000n,
    borrowCap: 2_500n,
  },
  WPEAQ: {
    base: 200n,
    slope1: 1_500n,
    slope2: 60_000n,
    kink: 6_500n,
    reserveFactor: 2_500n,
    collateralFactor: 6_000n,
    threshold: 6_500n,
    closeFactor: 4_000n,
    supplyCap: 30_000_000n,
    borrowCap: 10_000_000n,
  },
};

/** Least and most of each of a market's parameters, as the contracts hold them. */
export const marketBounds: Readonly<Record<keyof Market, readonly [least: bigint, most: bigint]>> = {
  base: [0n, 10_000n],
  slope1: [0n, 20_000n],
  slope2: [0n, 100_000n],
  kink: [1_000n, 9_900n],
  reserveFactor: [0n, 2_500n],
  collateralFactor: [0n, 9_000n],
  threshold: [0n, 9_500n],
  closeFactor: [1_000n, 10_000n],
  supplyCap: [1n, (1n << 39n) - 1n],
  borrowCap: [1n, (1n << 39n) - 1n],
};

/** Least and most of the rest, as the contracts hold them. */
export const bounds = {
  flashFee: [0n, 900n],
  /** Milliseconds. */
  blockTime: [500n, 30_000n],
  /** Verifiers that a path requires. */
  requiredDVNs: 2,
} as const;
