import type { Address } from "viem";

import { type BookOrder, encodePrice, encodeTerms, NO_EXPIRY, packOrderId } from "../../src/index.ts";
import type { Random } from "./random.ts";

export const TOKEN_X: Address = "0x00000000000000000000000000000000000000A1";
export const TOKEN_Y: Address = "0x00000000000000000000000000000000000000b2";
export const MAKER: Address = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

let nonce = 0n;

/** An order that sells X for Y, 100 for 100 and without features, unless said otherwise. */
export function order(parts: Partial<BookOrder> & { readonly expiry?: number } = {}): BookOrder {
  const { expiry = NO_EXPIRY, ...rest } = parts;
  return {
    id: packOrderId({ maker: MAKER, nonce: nonce++, expiry }),
    sellToken: TOKEN_X,
    buyToken: TOKEN_Y,
    remaining: 100n,
    price: encodePrice(1n, 1n),
    terms: 0,
    ...rest,
  };
}

/** A small order with whatever minimum fill. */
export function randomOrder(random: Random, withMinFill: boolean): BookOrder {
  const terms = !withMinFill || random.chance(50) ? {} : random.chance(40) ? { allOrNone: true } : { minFill: 8n };
  return order({
    remaining: random.between(1n, 40n),
    price: encodePrice(random.between(1n, 30n), random.between(1n, 30n)),
    terms: encodeTerms(terms),
  });
}
