import { type Address, zeroAddress } from "viem";

import { NO_EXPIRY } from "./constants.ts";
import { encodeTerms, type OrderTerms } from "./terms.ts";
import type { NewOrder, Price } from "./types.ts";

export interface NewOrderParameters {
  readonly maker: Address;
  readonly sellToken: Address;
  readonly buyToken: Address;
  /** 1 to 2^96 − 1 units. */
  readonly sellAmount: bigint;
  readonly price: Price;
  /** First second at which it can no longer be filled; never unless said. */
  readonly expiry?: number | undefined;
  readonly terms?: OrderTerms | undefined;
  /** The only account that may fill; anybody unless said. */
  readonly privateTaker?: Address | undefined;
  /** Seconds between which the amount becomes fillable, linearly; `end` must be before the expiry. */
  readonly release?: { readonly start: number; readonly end: number } | undefined;
}

/** A new order as the contract takes it, with the defaults filled in. */
export function newOrder(parameters: NewOrderParameters): NewOrder {
  const { maker, sellToken, buyToken, sellAmount, price, expiry, terms, privateTaker, release } = parameters;
  return {
    maker,
    sellToken,
    buyToken,
    sellAmount,
    price,
    expiry: expiry ?? NO_EXPIRY,
    terms: encodeTerms(terms),
    privateTaker: privateTaker ?? zeroAddress,
    releaseStart: release?.start ?? 0,
    releaseEnd: release?.end ?? 0,
  };
}
