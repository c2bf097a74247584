/** The kinds of a collection: what its vouchers pay for. */
export const COLLECTION_KINDS = { usage: 0, beyondPlan: 1, spot: 2, plan: 3 } as const;

/** What a collection pays for. */
export type CollectionKind = keyof typeof COLLECTION_KINDS;

/** What became of a request. A provider that waited is not one that broke. */
export const RECEIPT_STATUSES = { idle: 0, served: 1, failed: 2 } as const;

/** What became of a request. */
export type ReceiptStatus = keyof typeof RECEIPT_STATUSES;

/** Parts of 1e-12 USD in a unit of USDC. */
export const VALUE_PER_UNIT = 1_000_000n;

/** An epoch is a week from Thursday 00:00 UTC: `timestamp / EPOCH_SECONDS` is its number. */
export const EPOCH_SECONDS = 604_800n;

/** How far in the future a voucher may be stamped, in seconds. */
export const VOUCHER_LEEWAY_SECONDS = 60n;
