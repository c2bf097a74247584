/** What traders ask for and rows do not give. Amounts are token units, times seconds, fees millionths. */
export const typeDefs = /* GraphQL */ `
  "An integer of any size, as a string."
  scalar BigInt
  "20 bytes in hexadecimal; answers are in lower case."
  scalar Address

  enum Interval {
    M1
    M5
    M15
    H1
    H4
    D1
  }
  enum OrderStatus {
    open
    expired
    dead
    filled
    cancelled
  }
  "The contract's answer to a fill."
  enum FillStatus {
    Fillable
    Nonexistent
    Expired
    Cancelled
    Private
    NotReleased
    BelowMinFill
    AboveLimit
    BudgetSpent
    OtherPair
  }
  enum CreditKind {
    payment
    refund
    relayerFee
    withdrawal
  }

  type Token {
    address: Address!
    symbol: String
    name: String
    decimals: Int
    accruedFees: BigInt!
    sweptFees: BigInt!
  }

  "Prices are whole quote tokens for one whole base token, in decimals with up to 20 significant digits."
  type Pair {
    id: ID!
    base: Token!
    quote: Token!
    orderCount: Int!
    openOrders: Int!
    fillCount: Int!
    baseVolume: BigInt!
    quoteVolume: BigInt!
    lastPrice: String
    lastFillAt: BigInt
    revision: Int!
  }

  type Level {
    price: String!
    "The orders' price as the contract holds it."
    rawPrice: BigInt!
    base: BigInt!
    quote: BigInt!
    "Base of this level and of all better ones."
    baseTotal: BigInt!
    orderCount: Int!
  }

  type OrderBook {
    pair: Pair!
    "Last block whose events are in the answer."
    block: BigInt!
    "The time for which it was asked."
    at: BigInt!
    bids: [Level!]!
    asks: [Level!]!
    mid: String
    "Best ask less best bid; negative while orders cross."
    spread: String
  }

  "What fillOrders takes."
  type Leg {
    sellToken: Address!
    buyToken: Address!
    takeAmount: BigInt!
    maxPay: BigInt!
    minReceive: BigInt!
    maxPrice: BigInt!
    ids: [BigInt!]!
    limits: [BigInt!]!
  }

  type ExpectedFill {
    id: BigInt!
    sold: BigInt!
    paid: BigInt!
    fee: BigInt!
  }

  type BestFill {
    leg: Leg!
    "What the leg comes to if the book stays as it is."
    taken: BigInt!
    received: BigInt!
    paid: BigInt!
    fills: [ExpectedFill!]!
    "Whole bought tokens paid for one whole token taken."
    averagePrice: String
    "Whether the whole amount is taken, or the budget buys nothing more."
    isComplete: Boolean!
    at: BigInt!
    block: BigInt!
  }

  type Order {
    id: BigInt!
    pairId: ID!
    maker: Address!
    owner: Address!
    nonce: BigInt!
    expiry: BigInt!
    sellToken: Address!
    buyToken: Address!
    status: OrderStatus!
    "Whether the taker could fill it at a time; anybody, and now, unless said."
    fillStatus(taker: Address, at: BigInt): FillStatus!
    initialAmount: BigInt!
    remaining: BigInt!
    "What a fill could take at a time; now unless said."
    available(at: BigInt): BigInt!
    price: BigInt!
    minFill: BigInt!
    isAllOrNone: Boolean!
    isExactPayment: Boolean!
    isObserved: Boolean!
    isTransferred: Boolean!
    privateTaker: Address
    releaseStart: BigInt
    releaseEnd: BigInt
    releaseInitial: BigInt
    sold: BigInt!
    paid: BigInt!
    fees: BigInt!
    refund: BigInt!
    fillCount: Int!
    createdAt: BigInt!
    updatedAt: BigInt!
  }

  type Fill {
    "Block number * 1,000,000 + log index."
    seq: BigInt!
    orderId: BigInt!
    pairId: ID!
    sellToken: Address!
    buyToken: Address!
    owner: Address!
    recipient: Address!
    sender: Address!
    sold: BigInt!
    paid: BigInt!
    fee: BigInt!
    timestamp: BigInt!
    block: BigInt!
    tx: String!
  }

  type Candle {
    start: BigInt!
    open: String!
    high: String!
    low: String!
    close: String!
    baseVolume: BigInt!
    quoteVolume: BigInt!
    fillCount: Int!
  }

  type Credit {
    token: Address!
    amount: BigInt!
    withdrawn: BigInt!
    relayerFees: BigInt!
  }

  type CreditEvent {
    seq: BigInt!
    token: Address!
    kind: CreditKind!
    amount: BigInt!
    to: Address
    timestamp: BigInt!
    tx: String!
  }

  type Account {
    address: Address!
    "Orders held as NFTs."
    balance: Int!
    "Orders made: the nonce of the next."
    orderCount: Int!
    epoch: BigInt!
    "Orders owned now, newest first."
    orders(status: OrderStatus, first: Int = 50, after: String): OrderPage!
    "Fills of its orders and fills that it received, newest first."
    fills(first: Int = 50, after: String): FillPage!
    credits(first: Int = 50): [Credit!]!
    creditEvents(first: Int = 50, after: String): CreditEventPage!
  }

  type PairPage {
    items: [Pair!]!
    endCursor: String
    hasNextPage: Boolean!
  }
  type OrderPage {
    items: [Order!]!
    endCursor: String
    hasNextPage: Boolean!
  }
  type FillPage {
    items: [Fill!]!
    endCursor: String
    hasNextPage: Boolean!
  }
  type CreditEventPage {
    items: [CreditEvent!]!
    endCursor: String
    hasNextPage: Boolean!
  }
  type TokenPage {
    items: [Token!]!
    endCursor: String
    hasNextPage: Boolean!
  }

  type Protocol {
    address: Address!
    chainId: Int!
    takerFee: Int!
    feeCollector: Address
    feeDiscount: Address
    pausedUntil: BigInt!
    isRetired: Boolean!
    "Last block whose events are in the tables, and its time."
    block: BigInt!
    timestamp: BigInt!
  }

  type Query {
    protocol: Protocol!
    token(address: Address!): Token
    tokens(first: Int = 50, after: String): TokenPage!
    "Most fills first, read the usual way round."
    pairs(first: Int = 50, after: String): PairPage!
    pair(base: Address!, quote: Address!): Pair
    "Null when one of the tokens was never traded here. 'at' is a time; now unless said."
    orderBook(base: Address!, quote: Address!, depth: Int = 20, at: BigInt): OrderBook
    """
    The best list of orders for an amount or a budget (one of them, or both). Without 'slippage' (millionths) the leg
    is bound by each order's price only.
    """
    bestFill(
      sellToken: Address!
      buyToken: Address!
      amount: BigInt
      budget: BigInt
      taker: Address
      slippage: Int
      maxOrders: Int = 100
      spareOrders: Int = 0
      at: BigInt
    ): BestFill!
    order(id: BigInt!): Order
    account(address: Address!): Account!
    "Oldest first. 'from' inclusive, 'to' exclusive; the newest 'limit' of them."
    candles(
      base: Address!
      quote: Address!
      interval: Interval!
      from: BigInt
      to: BigInt
      limit: Int = 300
    ): [Candle!]!
    "Newest first."
    fills(base: Address!, quote: Address!, first: Int = 50, after: String): FillPage!
  }

  type BookChange {
    pairId: ID!
    revision: Int!
    book(depth: Int = 20): OrderBook
  }

  type FillsChange {
    added: [Fill!]!
    "Fills that a reorganisation of the chain took back."
    removed: [BigInt!]!
  }

  type Subscription {
    "Once at the start, then whenever the pair's book has changed."
    bookChanged(base: Address!, quote: Address!): BookChange!
    "Fills from now on."
    fills(base: Address!, quote: Address!): FillsChange!
  }
`;
