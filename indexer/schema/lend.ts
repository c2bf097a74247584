import { index, onchainEnum, onchainTable, primaryKey, relations } from "ponder";

/**
 * What the events of the lending pools and their controller say. Amounts are in units of the pool's asset, shares in
 * uTokens or debt shares, factors in basis points, rates and indexes in 1e18. Totals are those that the chain stores:
 * interest since `updatedAt` is not in them yet.
 */

/** `seize` is what a liquidation paid out in the asset; seized uTokens are a transfer. */
export const lendActionKind = onchainEnum("lend_action_kind", ["supply", "withdraw", "seize", "borrow", "repay"]);

export const lendReserveKind = onchainEnum("lend_reserve_kind", ["sweep", "insurance"]);

/** One row: the controller. */
export const lendController = onchainTable("lend_controllers", (t) => ({
  address: t.hex().primaryKey(),
  /** Where reserves are swept to. */
  treasury: t.hex(),
}));

/** What the controller holds of an asset. */
export const lendAsset = onchainTable("lend_assets", (t) => ({
  id: t.integer().primaryKey(),
  pool: t.hex().notNull(),
  asset: t.hex().notNull(),
  collateralFactor: t.integer().notNull(),
  threshold: t.integer().notNull(),
  closeFactor: t.integer().notNull(),
  isIsolated: t.boolean().notNull(),
  isIsolationDebt: t.boolean().notNull(),
  /** When the threshold was lowered last; zero for never. */
  loweredAt: t.bigint().notNull(),
  listedAt: t.bigint().notNull(),
}));

/** A listed pool. */
export const lendMarket = onchainTable("lend_markets", (t) => ({
  pool: t.hex().primaryKey(),
  id: t.integer().notNull(),
  asset: t.hex().notNull(),
  cash: t.bigint().notNull(),
  reserve: t.bigint().notNull(),
  /** Part of the reserve that is kept for bad debt. */
  insurance: t.bigint().notNull(),
  supplyShares: t.bigint().notNull(),
  debtShares: t.bigint().notNull(),
  debtIndex: t.bigint().notNull(),
  updatedAt: t.bigint().notNull(),
  baseBps: t.integer().notNull(),
  slope1Bps: t.integer().notNull(),
  slope2Bps: t.integer().notNull(),
  /** Zero until the curve is set. */
  kinkBps: t.integer().notNull(),
  reserveFactorBps: t.integer().notNull(),
  /** Whole tokens. */
  supplyCap: t.bigint().notNull(),
  borrowCap: t.bigint().notNull(),
  /** Millionths. */
  flashFee: t.integer().notNull(),
  /** First second at which new risk is taken; 2^40 - 1 once retired. */
  pausedUntil: t.bigint().notNull(),
  isRetired: t.boolean().notNull(),
  /** Accounts with shares, and with debt. */
  suppliers: t.integer().notNull(),
  borrowers: t.integer().notNull(),
  /** Sums since the beginning. */
  interest: t.bigint().notNull(),
  badDebt: t.bigint().notNull(),
  swept: t.bigint().notNull(),
  flashFees: t.bigint().notNull(),
}));

/** An account in a pool. */
export const lendPosition = onchainTable(
  "lend_positions",
  (t) => ({
    pool: t.hex().notNull(),
    account: t.hex().notNull(),
    shares: t.bigint().notNull(),
    debtShares: t.bigint().notNull(),
    isCollateral: t.boolean().notNull(),
    updatedAt: t.bigint().notNull(),
  }),
  (t) => ({
    pk: primaryKey({ columns: [t.pool, t.account] }),
    account: index("lend_positions_account").on(t.account),
  }),
);

/** What an owner let a delegate borrow last; 2^256 - 1 for no limit. What was borrowed under it no event tells. */
export const lendAllowance = onchainTable(
  "lend_allowances",
  (t) => ({
    pool: t.hex().notNull(),
    owner: t.hex().notNull(),
    delegate: t.hex().notNull(),
    approved: t.bigint().notNull(),
  }),
  (t) => ({ pk: primaryKey({ columns: [t.pool, t.owner, t.delegate] }) }),
);

export const lendAction = onchainTable(
  "lend_actions",
  (t) => ({
    seq: t.bigint().primaryKey(),
    pool: t.hex().notNull(),
    kind: lendActionKind().notNull(),
    /** Whose shares or debt changed. */
    account: t.hex().notNull(),
    /** Who called, and paid what was paid in. A borrowing and a seizure do not tell. */
    caller: t.hex(),
    /** Who received what was paid out. */
    receiver: t.hex(),
    assets: t.bigint().notNull(),
    /** uTokens, or debt shares of `borrow` and `repay`. */
    shares: t.bigint().notNull(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({
    account: index("lend_actions_account").on(t.account, t.seq),
    pool: index("lend_actions_pool").on(t.pool, t.seq),
  }),
);

/** uTokens that changed hands, by transfer or seized as they are. */
export const lendTransfer = onchainTable(
  "lend_transfers",
  (t) => ({
    seq: t.bigint().primaryKey(),
    pool: t.hex().notNull(),
    from: t.hex().notNull(),
    to: t.hex().notNull(),
    shares: t.bigint().notNull(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({
    from: index("lend_transfers_from").on(t.from, t.seq),
    to: index("lend_transfers_to").on(t.to, t.seq),
  }),
);

/** Interest that was written: what held from `from` to `to`. */
export const lendAccrual = onchainTable(
  "lend_accruals",
  (t) => ({
    seq: t.bigint().primaryKey(),
    pool: t.hex().notNull(),
    from: t.bigint().notNull(),
    to: t.bigint().notNull(),
    utilisation: t.bigint().notNull(),
    borrowRate: t.bigint().notNull(),
    supplyRate: t.bigint().notNull(),
    interest: t.bigint().notNull(),
    toReserve: t.bigint().notNull(),
    /** After it. */
    debtIndex: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({ pool: index("lend_accruals_pool").on(t.pool, t.seq) }),
);

export const lendLiquidation = onchainTable(
  "lend_liquidations",
  (t) => ({
    seq: t.bigint().primaryKey(),
    borrower: t.hex().notNull(),
    liquidator: t.hex().notNull(),
    debtPool: t.hex().notNull(),
    collateralPool: t.hex().notNull(),
    /** Units of the debt's asset. */
    repaid: t.bigint().notNull(),
    /** uTokens, or units of the collateral's asset. */
    seized: t.bigint().notNull(),
    asShares: t.boolean().notNull(),
    /** Units of the collateral's asset, for insurance and treasury. */
    protocolAssets: t.bigint().notNull(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({
    borrower: index("lend_liquidations_borrower").on(t.borrower, t.seq),
    liquidator: index("lend_liquidations_liquidator").on(t.liquidator, t.seq),
  }),
);

export const lendBadDebt = onchainTable(
  "lend_bad_debts",
  (t) => ({
    seq: t.bigint().primaryKey(),
    pool: t.hex().notNull(),
    borrower: t.hex().notNull(),
    loss: t.bigint().notNull(),
    /** Of the loss; the suppliers bore the rest. */
    fromReserve: t.bigint().notNull(),
    debtShares: t.bigint().notNull(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({ borrower: index("lend_bad_debts_borrower").on(t.borrower, t.seq) }),
);

export const lendFlashLoan = onchainTable(
  "lend_flash_loans",
  (t) => ({
    seq: t.bigint().primaryKey(),
    pool: t.hex().notNull(),
    receiver: t.hex().notNull(),
    /** Who sent the transaction. */
    sender: t.hex().notNull(),
    amount: t.bigint().notNull(),
    fee: t.bigint().notNull(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({ pool: index("lend_flash_loans_pool").on(t.pool, t.seq) }),
);

/** What went from the reserve to the treasury, and what somebody added to the insurance. */
export const lendReserveMove = onchainTable(
  "lend_reserve_moves",
  (t) => ({
    seq: t.bigint().primaryKey(),
    pool: t.hex().notNull(),
    kind: lendReserveKind().notNull(),
    account: t.hex().notNull(),
    amount: t.bigint().notNull(),
    timestamp: t.bigint().notNull(),
    tx: t.hex().notNull(),
  }),
  (t) => ({ pool: index("lend_reserve_moves_pool").on(t.pool, t.seq) }),
);

export const lendPositionRelations = relations(lendPosition, ({ one }) => ({
  market: one(lendMarket, { fields: [lendPosition.pool], references: [lendMarket.pool] }),
}));

export const lendMarketRelations = relations(lendMarket, ({ one, many }) => ({
  parameters: one(lendAsset, { fields: [lendMarket.id], references: [lendAsset.id] }),
  positions: many(lendPosition),
}));
