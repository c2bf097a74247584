import { index, onchainEnum, onchainTable, primaryKey, relations, sql } from "ponder";

/**
 * What the events of the order book say. Amounts are in token units, times in seconds, fees in millionths.
 * Whatever the chain holds in more than 31 bits is numeric(78): nothing is rounded, and GraphQL gives it as a string.
 * `seq` columns order everything: block number * 1,000,000 + log index.
 */

/** `open` may be filled. `expired` and `dead` (below its maker's epoch) wait for a refund. The others are gone. */
export const orderStatus = onchainEnum("order_status", ["open", "expired", "dead", "filled", "cancelled"]);

/** Why somebody was credited: a payment or refund that the account refused, or a relayer's fee. */
export const creditKind = onchainEnum("credit_kind", ["payment", "refund", "relayerFee", "withdrawal"]);

export const token = onchainTable("tokens", (t) => ({
  address: t.hex().primaryKey(),
  /** Control characters removed, at most 64 characters; null when the token has none to tell. */
  symbol: t.text(),
  name: t.text(),
  decimals: t.integer(),
  /** Fees that wait to be swept. */
  accruedFees: t.bigint().notNull(),
  sweptFees: t.bigint().notNull(),
}));

/** Two tokens, whichever way they are traded. `token0` is the lower address; `id` is `token0-token1`. */
export const pair = onchainTable("pairs", (t) => ({
  id: t.text().primaryKey(),
  token0: t.hex().notNull(),
  token1: t.hex().notNull(),
  orderCount: t.integer().notNull(),
  openOrders: t.integer().notNull(),
  fillCount: t.integer().notNull(),
  volume0: t.bigint().notNull(),
  volume1: t.bigint().notNull(),
  /** The last fill's amounts: its price is their ratio. Zero before the first fill. */
  lastAmount0: t.bigint().notNull(),
  lastAmount1: t.bigint().notNull(),
  lastFillAt: t.bigint(),
  createdAt: t.bigint().notNull(),
  /** Rises with every change of the book. */
  revision: t.integer().notNull(),
  /** Block of the last change. */
  revisionBlock: t.bigint().notNull(),
}));

/** What its id and its terms say is not repeated, except where books are searched by it. */
export const order = onchainTable(
  "orders",
  (t) => ({
    /** maker 160 | nonce 64 | expiry 32: a maker's orders are a range of it. */
    id: t.bigint().primaryKey(),
    pairId: t.text().notNull(),
    maker: t.hex().notNull(),
    /** First second at which it cannot be filled; 2^32 - 1 for never. */
    expiry: t.bigint().notNull(),
    sellToken: t.hex().notNull(),
    buyToken: t.hex().notNull(),
    owner: t.hex().notNull(),
    status: orderStatus().notNull(),
    initialAmount: t.bigint().notNull(),
    remaining: t.bigint().notNull(),
    /** The contract's 80 bit float: exact, and in the order of the prices it stands for. */
    price: t.bigint().notNull(),
    /** The flags as the contract emitted them; the SDK's `decodeTerms` says what they mean. */
    terms: t.integer().notNull(),
    isReleased: t.boolean().notNull(),
    isPrivate: t.boolean().notNull(),
    isTransferred: t.boolean().notNull(),
    privateTaker: t.hex(),
    releaseStart: t.bigint(),
    releaseEnd: t.bigint(),
    /** The amount that the release counts from. */
    releaseInitial: t.bigint(),
    sold: t.bigint().notNull(),
    paid: t.bigint().notNull(),
    fees: t.bigint().notNull(),
    refund: t.bigint().notNull(),
    fillCount: t.integer().notNull(),
    createdAt: t.bigint().notNull(),
    createdTx: t.hex().notNull(),
    createdSeq: t.bigint().notNull(),
    updatedAt: t.bigint().notNull(),
    /** `seq` of the creation, or of the last amendment that changed the price or added amount. */
    priority: t.bigint().notNull(),
  }),
  (t) => ({
    book: index("orders_book")
      .on(t.sellToken, t.buyToken, t.price, t.priority)
      .where(sql`status = 'open'`),
    released: index("orders_released")
      .on(t.sellToken, t.buyToken, t.price)
      .where(sql`status = 'open' and is_released`),
    expiring: index("orders_expiring")
      .on(t.expiry)
      .where(sql`status = 'open'`),
    owner: index("orders_owner").on(t.owner, t.createdSeq),
  }),
);

export const fill = onchainTable(
  "fills",
  (t) => ({
    seq: t.bigint().primaryKey(),
    orderId: t.bigint().notNull(),
    pairId: t.text().notNull(),
    sellToken: t.hex().notNull(),
    buyToken: t.hex().notNull(),
    /** Whom the order belonged to, and who was owed `paid`. */
    owner: t.hex().notNull(),
    /** Who received what was bought. */
    recipient: t.hex().notNull(),
    /** Who sent the transaction. */
    sender: t.hex().notNull(),
    sold: t.bigint().notNull(),
    paid: t.bigint().notNull(),
    /** Of `sold`, to the protocol. */
    fee: t.bigint().notNull(),
    /** Whether nothing was left of the order. */
    isLast: t.boolean().notNull(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({
    pair: index("fills_pair").on(t.pairId, t.seq),
    order: index("fills_order").on(t.orderId, t.seq),
    owner: index("fills_owner").on(t.owner, t.seq),
    recipient: index("fills_recipient").on(t.recipient, t.seq),
  }),
);

/** Open, high, low and close as the two amounts of the fill that made them: exact, and readable either way round. */
export const candle = onchainTable(
  "candles",
  (t) => ({
    pairId: t.text().notNull(),
    /** Seconds: 60, 900 or 14,400. The API makes the other lengths of these. */
    interval: t.integer().notNull(),
    start: t.bigint().notNull(),
    open0: t.bigint().notNull(),
    open1: t.bigint().notNull(),
    high0: t.bigint().notNull(),
    high1: t.bigint().notNull(),
    low0: t.bigint().notNull(),
    low1: t.bigint().notNull(),
    close0: t.bigint().notNull(),
    close1: t.bigint().notNull(),
    volume0: t.bigint().notNull(),
    volume1: t.bigint().notNull(),
    fillCount: t.integer().notNull(),
  }),
  (t) => ({ pk: primaryKey({ columns: [t.pairId, t.interval, t.start] }) }),
);

/** Open orders at one price. Private orders and orders released over time are not in it. */
export const level = onchainTable(
  "levels",
  (t) => ({
    sellToken: t.hex().notNull(),
    buyToken: t.hex().notNull(),
    price: t.bigint().notNull(),
    /** Units of the sold token. */
    amount: t.bigint().notNull(),
    orderCount: t.integer().notNull(),
  }),
  (t) => ({
    pk: primaryKey({ columns: [t.sellToken, t.buyToken, t.price] }),
    live: index("levels_live")
      .on(t.sellToken, t.buyToken, t.price)
      .where(sql`order_count > 0`),
  }),
);

export const account = onchainTable("accounts", (t) => ({
  address: t.hex().primaryKey(),
  /** ERC-721 balance: orders held, whatever their status, until they are gone. */
  balance: t.integer().notNull(),
  /** Orders made, and so the nonce of the next one. */
  orderCount: t.integer().notNull(),
  /** Orders with a lower nonce that were never transferred are dead. */
  epoch: t.bigint().notNull(),
}));

export const credit = onchainTable(
  "credits",
  (t) => ({
    account: t.hex().notNull(),
    token: t.hex().notNull(),
    /** What can be withdrawn now. */
    amount: t.bigint().notNull(),
    withdrawn: t.bigint().notNull(),
    /** Of all that was ever credited, a relayer's fees. */
    relayerFees: t.bigint().notNull(),
  }),
  (t) => ({ pk: primaryKey({ columns: [t.account, t.token] }) }),
);

export const creditEvent = onchainTable(
  "credit_events",
  (t) => ({
    seq: t.bigint().primaryKey(),
    account: t.hex().notNull(),
    token: t.hex().notNull(),
    kind: creditKind().notNull(),
    amount: t.bigint().notNull(),
    /** Where a withdrawal went. */
    to: t.hex(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({ account: index("credit_events_account").on(t.account, t.seq) }),
);

/** An order that changed hands; not its creation or end. */
export const transfer = onchainTable(
  "transfers",
  (t) => ({
    seq: t.bigint().primaryKey(),
    orderId: t.bigint().notNull(),
    from: t.hex().notNull(),
    to: t.hex().notNull(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({ order: index("transfers_order").on(t.orderId, t.seq) }),
);

/** A pair whose price the chain itself remembers. */
export const observedPair = onchainTable("observed_pairs", (t) => ({
  pairId: t.text().primaryKey(),
  token0: t.hex().notNull(),
  token1: t.hex().notNull(),
  /** Observations that the ring can hold. */
  cardinality: t.bigint().notNull(),
  observations: t.integer().notNull(),
  volume0: t.bigint().notNull(),
  volume1: t.bigint().notNull(),
  lastObservedAt: t.bigint(),
}));

/** One row: the order book's parameters. */
export const protocol = onchainTable("protocol", (t) => ({
  address: t.hex().primaryKey(),
  /** Millionths. */
  takerFee: t.integer().notNull(),
  feeCollector: t.hex(),
  /** Null when nobody gives discounts. */
  feeDiscount: t.hex(),
  /** First second at which orders can be made; 2^40 - 1 once retired. */
  pausedUntil: t.bigint().notNull(),
  isRetired: t.boolean().notNull(),
  /** `seq` of the last log that a refused refund would follow at once. */
  lastRefundSeq: t.bigint().notNull(),
}));

export const orderRelations = relations(order, ({ one }) => ({
  pair: one(pair, { fields: [order.pairId], references: [pair.id] }),
  sell: one(token, { fields: [order.sellToken], references: [token.address] }),
  buy: one(token, { fields: [order.buyToken], references: [token.address] }),
}));

export const fillRelations = relations(fill, ({ one }) => ({
  order: one(order, { fields: [fill.orderId], references: [order.id] }),
  pair: one(pair, { fields: [fill.pairId], references: [pair.id] }),
}));

export const pairRelations = relations(pair, ({ one }) => ({
  base: one(token, { fields: [pair.token0], references: [token.address] }),
  quote: one(token, { fields: [pair.token1], references: [token.address] }),
}));

export * from "./schema/lend.ts";
export * from "./schema/oracle.ts";
