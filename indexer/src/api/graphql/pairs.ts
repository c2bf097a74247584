import { and, desc, eq, lt, or } from "ponder";
import { db } from "ponder:api";
import { pair } from "ponder:schema";
import type { Address } from "viem";

import { toDecimal, wholeTokens } from "../book/displayPrice.ts";
import { readMarket, usualQuote, type Market } from "../book/orientation.ts";
import { checkedLimit, pageOf, readCursor, type PageArguments } from "./page.ts";

type PairRow = typeof pair.$inferSelect;

/** A pair's row as a reader of the market sees it. */
export function describePair(row: PairRow, { base, quote, isCanonical }: Market) {
  const lastPrice = isCanonical
    ? { numerator: row.lastAmount1, denominator: row.lastAmount0 }
    : { numerator: row.lastAmount0, denominator: row.lastAmount1 };
  return {
    ...row,
    base,
    quote,
    baseVolume: isCanonical ? row.volume0 : row.volume1,
    quoteVolume: isCanonical ? row.volume1 : row.volume0,
    lastPrice: toDecimal(wholeTokens(lastPrice, base.decimals ?? 0, quote.decimals ?? 0)),
  };
}

/** The pair of a market. Null before its first order. */
export async function readPair(market: Market) {
  const [row] = await db.select().from(pair).where(eq(pair.id, market.pairId));
  return row === undefined ? null : describePair(row, market);
}

export const pairResolvers = {
  pair: async (_: unknown, { base, quote }: { base: Address; quote: Address }) => {
    const market = await readMarket(base, quote);
    return market === null ? null : readPair(market);
  },

  pairs: async (_: unknown, { first, after }: PageArguments) => {
    const limit = checkedLimit(first);
    const cursor = readCursor(after);
    const fillCount = Number(cursor?.number ?? 0n);
    const rows = await db
      .select()
      .from(pair)
      .where(
        cursor === undefined
          ? undefined
          : or(lt(pair.fillCount, fillCount), and(eq(pair.fillCount, fillCount), lt(pair.id, cursor.text))),
      )
      .orderBy(desc(pair.fillCount), desc(pair.id))
      .limit(limit + 1);
    const page = pageOf(rows, limit, (row) => [row.fillCount, row.id]);
    return { ...page, items: await Promise.all(page.items.map(describeUsually)) };
  },
};

async function describeUsually(row: PairRow) {
  const quote = usualQuote(row.token0, row.token1);
  const market = await readMarket(quote === row.token0 ? row.token1 : row.token0, quote);
  if (market === null) throw new Error(`Pair ${row.id} has a token without a row`);
  return describePair(row, market);
}
