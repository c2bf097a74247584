import type { Address, Hex } from "viem";

/** A total of what a payer owes to a provider for one collection. Only the highest counts. */
export interface Voucher {
  readonly payer: Address;
  readonly provider: Address;
  readonly collectionId: Hex;
  /** All that the collection is worth, in 1e-12 USD. */
  readonly valueAggregate: bigint;
  /** When it was signed, in seconds. */
  readonly timestamp: bigint;
  /** The root of the usage tree over all receipts of the collection; zero for none. */
  readonly usageRoot: Hex;
}

/** What a machine signs about one request. */
export interface Receipt {
  readonly provisionId: bigint;
  /** The provision's own number of the receipt: two different receipts of one number are a fault. */
  readonly counter: bigint;
  readonly requestHash: Hex;
  readonly responseHash: Hex;
  readonly model: Hex;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  /** 1e-12 USD a token. */
  readonly inputPrice: bigint;
  /** 1e-12 USD a token. */
  readonly outputPrice: bigint;
  /** 1e-12 USD; at most input × price + output × price. */
  readonly cost: bigint;
  /** 0 idle, 1 served, 2 failed. */
  readonly status: number;
  /** Time to the first token, in milliseconds. */
  readonly ttftMs: number;
  /** Seconds. */
  readonly timestamp: bigint;
}

/** Where a marketplace contract is, for its EIP-712 domain. */
export interface ComputeDomain {
  readonly chainId: number;
  readonly contract: Address;
}
