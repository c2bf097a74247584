import { inArray } from "ponder";
import { db } from "ponder:api";
import { token } from "ponder:schema";
import type { Address } from "viem";

import { pairOf } from "../../lib/pair.ts";
import { settings } from "../scope.ts";

export type TokenRow = typeof token.$inferSelect;

/** A pair as somebody reads it: prices are quote for base. */
export interface Market {
  readonly pairId: string;
  readonly base: TokenRow;
  readonly quote: TokenRow;
  /** Whether base is the pair's `token0`. */
  readonly isCanonical: boolean;
}

/** The addresses in which prices are best given, best known first. */
const QUOTES = settings.quoteTokens.map((name) => (settings.deployment.tokens[name]?.address ?? name).toLowerCase());

/** Which of a pair's two tokens a reader expects as the quote: the better known, else `token1`. */
export function usualQuote(token0: Address, token1: Address): Address {
  const [rank0, rank1] = [QUOTES.indexOf(token0), QUOTES.indexOf(token1)];
  if (rank0 === -1) return token1;
  return rank1 === -1 || rank0 < rank1 ? token0 : token1;
}

/** Reads the two tokens of a market. Null when one was never traded here. */
export async function readMarket(base: Address, quote: Address): Promise<Market | null> {
  const rows = await db
    .select()
    .from(token)
    .where(inArray(token.address, [base, quote]));
  const baseRow = rows.find((row) => row.address === base);
  const quoteRow = rows.find((row) => row.address === quote);
  if (baseRow === undefined || quoteRow === undefined || base === quote) return null;
  const { id, token0 } = pairOf(base, quote);
  return { pairId: id, base: baseRow, quote: quoteRow, isCanonical: token0 === base };
}
