/** Lending and the oracle. Factors are basis points; rates, indexes, health and USD are 1e18. */
export const lendTypeDefs = /* GraphQL */ `
  "From worst to best. Only Fresh lets risk grow; Pending and Fresh let liquidate."
  enum PriceQuality {
    Halted
    Fallback
    Pending
    Fresh
  }
  enum PriceSourceKind {
    feed
    aggregator
    dex
  }
  enum PriceRecordKind {
    accepted
    pending
    ignored
  }
  enum LendActionKind {
    supply
    withdraw
    seize
    borrow
    repay
  }

  "What a feed's records say, in its own decimals."
  type PriceFeed {
    feedId: BigInt!
    decimals: Int!
    heartbeat: Int!
    answer: BigInt!
    "Chainlink's time, and that of the block on Ethereum that saw it."
    updatedAt: BigInt!
    observedAt: BigInt!
    acceptedAt: BigInt
    "Phase and round of the accepted answer, which no event tells: asked of the chain. Null when it has moved on."
    round: BigInt
    freshUntil: BigInt!
    "A jump that awaits its confirmation."
    pendingAnswer: BigInt
    pendingUpdatedAt: BigInt
    pendingObservedAt: BigInt
    "When an observation, and a delivery, can confirm it."
    observedFrom: BigInt
    deliveredFrom: BigInt
    graceUntil: BigInt
    acceptedCount: Int!
    pendingCount: Int!
    ignoredCount: Int!
  }

  type PriceSource {
    kind: PriceSourceKind!
    index: Int!
    feedId: BigInt
    "An aggregator's address, or the DEX's quote token."
    at: Address
  }

  "What the oracle says: 1e18 USD for a whole token, low for collateral, high for debt."
  type Price {
    asset: Address!
    low: BigInt!
    high: BigInt!
    quality: PriceQuality!
    updatedAt: BigInt!
    "Seconds since then, at the time asked for."
    age: BigInt!
    "First second at which a liquidation may rely on it, as far as events tell."
    liquidatableFrom: BigInt!
    source: PriceSource
    feed: PriceFeed
  }

  type PriceRecord {
    seq: BigInt!
    feedId: BigInt!
    kind: PriceRecordKind!
    answer: BigInt
    updatedAt: BigInt
    observedAt: BigInt!
    observedFrom: BigInt
    deliveredFrom: BigInt
    timestamp: BigInt!
    tx: String!
  }
  type PriceRecordPage {
    items: [PriceRecord!]!
    endCursor: String
    hasNextPage: Boolean!
  }

  "Basis points, rates a year."
  type RateModel {
    base: Int!
    slope1: Int!
    slope2: Int!
    kink: Int!
  }

  "A pool, with interest up to the time asked for."
  type LendMarket {
    id: Int!
    pool: Address!
    asset: Token!
    at: BigInt!
    cash: BigInt!
    debt: BigInt!
    reserve: BigInt!
    insurance: BigInt!
    "What all uTokens are worth."
    totalAssets: BigInt!
    supplyShares: BigInt!
    debtShares: BigInt!
    debtIndex: BigInt!
    utilisation: BigInt!
    borrowRate: BigInt!
    supplyRate: BigInt!
    rateModel: RateModel!
    reserveFactor: Int!
    "Whole tokens."
    supplyCap: BigInt!
    borrowCap: BigInt!
    "Millionths."
    flashFee: Int!
    collateralFactor: Int!
    threshold: Int!
    closeFactor: Int!
    "Of a liquidation that takes this collateral, 1e18."
    bonus: BigInt!
    isIsolated: Boolean!
    isIsolationDebt: Boolean!
    "When the threshold was lowered last; zero for never."
    loweredAt: BigInt!
    pausedUntil: BigInt!
    isRetired: Boolean!
    suppliers: Int!
    borrowers: Int!
    "Sums since the beginning, as far as they are written."
    interest: BigInt!
    badDebt: BigInt!
    swept: BigInt!
    flashFees: BigInt!
    listedAt: BigInt!
    "Null when nobody knows."
    price: Price
  }

  type RatePeriod {
    seq: BigInt!
    from: BigInt!
    to: BigInt!
    utilisation: BigInt!
    borrowRate: BigInt!
    supplyRate: BigInt!
    interest: BigInt!
    toReserve: BigInt!
    debtIndex: BigInt!
    tx: String!
  }
  type RatePage {
    items: [RatePeriod!]!
    endCursor: String
    hasNextPage: Boolean!
  }

  type RatePoint {
    utilisation: BigInt!
    borrowRate: BigInt!
    supplyRate: BigInt!
  }

  type Liquidation {
    seq: BigInt!
    borrower: Address!
    liquidator: Address!
    debtPool: Address!
    collateralPool: Address!
    repaid: BigInt!
    "uTokens when asShares, else units of the collateral."
    seized: BigInt!
    asShares: Boolean!
    protocolAssets: BigInt!
    timestamp: BigInt!
    tx: String!
  }
  type LiquidationPage {
    items: [Liquidation!]!
    endCursor: String
    hasNextPage: Boolean!
  }

  type LendAction {
    seq: BigInt!
    pool: Address!
    kind: LendActionKind!
    account: Address!
    caller: Address
    receiver: Address
    assets: BigInt!
    "uTokens, or debt shares of borrow and repay."
    shares: BigInt!
    timestamp: BigInt!
    tx: String!
  }
  type LendActionPage {
    items: [LendAction!]!
    endCursor: String
    hasNextPage: Boolean!
  }

  type LendPosition {
    market: LendMarket!
    shares: BigInt!
    "What the shares are worth, rounded down."
    assets: BigInt!
    isCollateral: Boolean!
    debtShares: BigInt!
    "With interest, rounded up."
    debt: BigInt!
    "USD, 1e18. Null without a price."
    collateralValue: BigInt
    debtValue: BigInt
  }

  "USD, 1e18, at the prices that count against the account. Null where a price that counts is not known."
  type LendAccount {
    at: BigInt!
    collateral: BigInt
    "What the collateral lets borrow."
    power: BigInt
    "What it counts for in health."
    threshold: BigInt
    debt: BigInt
    "threshold / debt; below 1e18 it can be liquidated. The largest integer without debt."
    health: BigInt
    "The worst of the prices."
    quality: PriceQuality
    positions(first: Int = 64): [LendPosition!]!
  }

  extend type Account {
    "At a time; now unless said."
    lend(at: BigInt): LendAccount!
    "Newest first."
    lendActions(pool: Address, first: Int = 50, after: String): LendActionPage!
  }

  extend type Query {
    "Listed pools, at most 64, by number. 'at' is a time; now unless said."
    lendMarkets(asset: Address, at: BigInt, first: Int = 64): [LendMarket!]!
    lendMarket(pool: Address!, at: BigInt): LendMarket
    "What held between two accruals, newest first. 'from' inclusive, 'to' exclusive, by the period's end."
    rateHistory(pool: Address!, from: BigInt, to: BigInt, first: Int = 50, after: String): RatePage!
    "The curve of now, at 'steps' even utilisations and at the kink."
    rateCurve(pool: Address!, steps: Int = 21): [RatePoint!]!
    "Assets that have sources; those of which nobody knows anything are left out."
    prices(assets: [Address!], at: BigInt, first: Int = 64): [Price!]!
    "A feed's records, newest first."
    priceHistory(feedId: BigInt!, kind: PriceRecordKind, first: Int = 50, after: String): PriceRecordPage!
    "Newest first."
    liquidations(borrower: Address, liquidator: Address, first: Int = 50, after: String): LiquidationPage!
  }
`;
