import type { Address, Hex } from "viem";

/**
 * A price as the order book stores it: exponent 8 | mantissa 72, value = mantissa · 2^(exponent − 191) units of the
 * bought token for one unit of the sold token. The mantissa's top bit is set, so prices compare as plain integers.
 */
export type Price = bigint;

/** Whether an order can be filled, or why not. The numbers are the contract's. */
export const FillStatus = {
  Fillable: 0,
  Nonexistent: 1,
  Expired: 2,
  Cancelled: 3,
  Private: 4,
  NotReleased: 5,
  BelowMinFill: 6,
  AboveLimit: 7,
  BudgetSpent: 8,
  OtherPair: 9,
} as const;
export type FillStatus = (typeof FillStatus)[keyof typeof FillStatus];

/** Bits of `FillOptions.flags`. */
export const FillFlags = {
  /** Every leg takes exactly its `takeAmount`, or the call reverts. */
  FILL_OR_KILL: 1,
  /** A call that finds nothing to fill returns zeroes instead of reverting. */
  IMMEDIATE_OR_CANCEL: 2,
  /** Ask for the caller's discount on the taker fee. */
  USE_DISCOUNT: 4,
} as const;

/**
 * What the maths needs to know of an order: a row of the indexer or an `Order` read from the chain. Maker, nonce and
 * expiry are in the id.
 */
export interface BookOrder {
  readonly id: bigint;
  readonly sellToken: Address;
  readonly buyToken: Address;
  /** Units of the sold token that are escrowed. */
  readonly remaining: bigint;
  readonly price: Price;
  /** The order's flags, those that the contract sets included. */
  readonly terms: number;
  /** Needed where the terms say PRIVATE. */
  readonly privateTaker?: Address | undefined;
  /** Seconds; needed, with the next two, where the terms say RELEASED. */
  readonly releaseStart?: number | undefined;
  readonly releaseEnd?: number | undefined;
  /** Units of the sold token that the release schedule counts from. */
  readonly initial?: bigint | undefined;
  /** True when the maker's epoch has cancelled the order. */
  readonly cancelled?: boolean | undefined;
  /** Time priority among equal prices: what came first has the lower number. */
  readonly sequence?: bigint | undefined;
}

/** An order as `order(id, taker)` and the lens return it, with its id. */
export interface Order extends BookOrder {
  readonly owner: Address;
  readonly maker: Address;
  readonly nonce: bigint;
  /** First second at which it can no longer be filled; 2^32 − 1 for never. */
  readonly expiry: number;
  /** Units that a fill could take at the block of the read. */
  readonly available: bigint;
  readonly privateTaker: Address;
  readonly releaseStart: number;
  readonly releaseEnd: number;
  readonly initial: bigint;
  readonly cancelled: boolean;
  /** For the taker and at the block of the read. */
  readonly status: FillStatus;
}

/** A new order with every feature; see `newOrder` for one with the defaults filled in. */
export interface NewOrder {
  readonly maker: Address;
  readonly sellToken: Address;
  readonly buyToken: Address;
  /** 1 to 2^96 − 1 units. */
  readonly sellAmount: bigint;
  readonly price: Price;
  /** Seconds; 2^32 − 1 for never. */
  readonly expiry: number;
  readonly terms: number;
  /** Zero address for anybody. */
  readonly privateTaker: Address;
  /** Seconds; both zero without a schedule. */
  readonly releaseStart: number;
  readonly releaseEnd: number;
}

/** One pair's part of a sweep, as `fillOrders` takes it. */
export interface Leg {
  readonly sellToken: Address;
  readonly buyToken: Address;
  /** Most units of `sellToken` to take, fee included. */
  readonly takeAmount: bigint;
  /** Most units of `buyToken` to pay. */
  readonly maxPay: bigint;
  /** Least units of `sellToken` to receive, fees deducted. */
  readonly minReceive: bigint;
  /** Bound on what the whole leg pays for what it takes; zero for none. */
  readonly maxPrice: Price;
  readonly ids: readonly bigint[];
  /** Highest price for each id; empty for none. */
  readonly limits: readonly Price[];
}

/** How a sweep is carried out, as `fillOrders` takes it. */
export interface FillOptions {
  /** Zero address for the caller. */
  readonly recipient: Address;
  /** Zero address for nobody. */
  readonly relayer: Address;
  /** Millionths of what is taken, at most 1,000. */
  readonly relayerFee: number;
  readonly flags: number;
  /** Last second at which the call may run; zero for none. */
  readonly deadline: number;
  /** When not empty, the caller's `onFill` is called with it. */
  readonly data: Hex;
}

/** What a leg came to, in token units. */
export interface LegResult {
  readonly taken: bigint;
  readonly received: bigint;
  readonly paid: bigint;
  readonly filled: bigint;
}
