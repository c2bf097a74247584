import { priceFeedReceiverAbi, PriceQuality } from "@cxmpute/sdk";
import { and, desc, eq, lt } from "ponder";
import { db } from "ponder:api";
import { oracleRecord } from "ponder:schema";
import type { Address } from "viem";

import { feedFreshUntil, type FeedRow } from "../oracle/feedQuote.ts";
import { readPrices } from "../oracle/prices.ts";
import { chain, settings } from "../scope.ts";
import { readAt } from "./lend.ts";
import { checkedLimit, pageOf, readCursor, type PageArguments } from "./page.ts";

const MOST_PRICES = 64;

interface PricesArguments {
  readonly assets?: readonly Address[] | null;
  readonly at?: bigint | null;
  readonly first: number;
}

async function prices(_: unknown, { assets, at, first }: PricesArguments) {
  const limit = checkedLimit(first, MOST_PRICES);
  const wanted = assets === null || assets === undefined ? undefined : assets.slice(0, limit);
  if (wanted?.length === 0) return [];
  return readAt(at, async (time) => {
    const found = await readPrices(time, wanted);
    return found.slice(0, limit).map((price) => ({ ...price, age: time - price.updatedAt }));
  });
}

async function priceHistory(
  _: unknown,
  query: PageArguments & { readonly feedId: bigint; readonly kind?: "accepted" | "pending" | "ignored" | null },
) {
  const limit = checkedLimit(query.first);
  const cursor = readCursor(query.after);
  const rows = await db
    .select()
    .from(oracleRecord)
    .where(
      and(
        eq(oracleRecord.feedId, query.feedId),
        query.kind === null || query.kind === undefined ? undefined : eq(oracleRecord.kind, query.kind),
        cursor === undefined ? undefined : lt(oracleRecord.seq, cursor.number),
      ),
    )
    .orderBy(desc(oracleRecord.seq))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => [row.seq]);
}

/** The chain's round of a feed, if the chain still holds the answer of the row. */
async function roundOf({ feedId, observedAt, answer }: FeedRow): Promise<bigint | null> {
  const address = settings.deployment.oracle?.priceFeedReceiver;
  if (address === undefined) return null;
  try {
    const read = { address, abi: priceFeedReceiverAbi, functionName: "accepted", args: [feedId] } as const;
    const accepted = await chain.readContract(read);
    return accepted.observedAt === observedAt && accepted.answer === answer ? accepted.round : null;
  } catch {
    return null;
  }
}

export const oracleResolvers = { prices, priceHistory };

export const oracleFieldResolvers = {
  PriceQuality,
  PriceFeed: { round: roundOf, freshUntil: feedFreshUntil },
};
