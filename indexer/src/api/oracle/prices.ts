import { getPriceQuote, NO_PRICE, ORACLE_GRACE, PriceQuality, UNLIMITED, type PriceQuote } from "@cxmpute/sdk";
import { asc, inArray } from "ponder";
import { db } from "ponder:api";
import { oracleFeed, oracleReceiver, oracleSource } from "ponder:schema";
import type { Address } from "viem";

import { chain, settings } from "../scope.ts";
import { quoteFeed, type FeedRow } from "./feedQuote.ts";

type SourceRow = typeof oracleSource.$inferSelect;

/** A quote and where it comes from. */
export interface Price extends PriceQuote {
  readonly asset: Address;
  /** The source that answered. Undefined when none did, or the chain, which does not tell, was asked. */
  readonly source: SourceRow | undefined;
  readonly feed: FeedRow | undefined;
}

/**
 * What the oracle's tables say of assets' prices at a time: all that have sources, unless said. Where a source is not a
 * relayed feed the chain is asked, for now; without an answer the asset is left out.
 */
export async function readPrices(at: bigint, assets?: readonly Address[]): Promise<Price[]> {
  const [sources, receivers] = await Promise.all([
    db
      .select()
      .from(oracleSource)
      .where(assets === undefined ? undefined : inArray(oracleSource.asset, [...assets]))
      .orderBy(asc(oracleSource.asset), asc(oracleSource.index)),
    db.select().from(oracleReceiver),
  ]);
  const ids = sources.map(({ feedId }) => feedId).filter((id) => id !== null);
  const feeds = new Map(
    (ids.length === 0 ? [] : await db.select().from(oracleFeed).where(inArray(oracleFeed.feedId, ids))).map((row) => [
      row.feedId,
      row,
    ]),
  );
  const stallUntil = receivers[0]?.stallUntil ?? 0n;
  const prices = [...new Set(sources.map(({ asset }) => asset))].map((asset) => {
    const own = sources.filter((source) => source.asset === asset);
    return quote(own, feeds, stallUntil, at);
  });
  return (await Promise.all(prices)).filter((price) => price !== undefined);
}

async function quote(
  sources: readonly SourceRow[],
  feeds: ReadonlyMap<bigint, FeedRow>,
  stallUntil: bigint,
  at: bigint,
): Promise<Price | undefined> {
  const [first] = sources;
  if (first === undefined) return undefined;
  const { asset } = first;
  let updatedAt = 0n;
  for (const source of sources) {
    if (source.kind !== "feed") return askChain(asset, sources);
    const feed = source.feedId === null ? undefined : feeds.get(source.feedId);
    if (feed === undefined) continue;
    const quoted = quoteFeed(feed, at);
    if (quoted === undefined) {
      if (feed.updatedAt > updatedAt) updatedAt = feed.updatedAt;
      continue;
    }
    const waits = [stallUntil, feed.graceUntil ?? 0n, first.setAt + ORACLE_GRACE];
    return {
      asset,
      low: quoted.low,
      high: quoted.high,
      updatedAt: feed.updatedAt,
      liquidatableFrom: waits.reduce((latest, until) => (until > latest ? until : latest)),
      quality: quoted.isPending ? PriceQuality.Pending : PriceQuality.Fresh,
      source,
      feed,
    };
  }
  return {
    asset,
    low: 0n,
    high: NO_PRICE,
    updatedAt,
    liquidatableFrom: UNLIMITED,
    quality: PriceQuality.Halted,
    source: undefined,
    feed: sources.map(({ feedId }) => feeds.get(feedId ?? -1n)).find((row) => row !== undefined),
  };
}

async function askChain(asset: Address, sources: readonly SourceRow[]): Promise<Price | undefined> {
  const priceOracle = settings.deployment.oracle?.priceOracle;
  if (priceOracle === undefined) return undefined;
  try {
    const quoted = await getPriceQuote(chain, { priceOracle, asset });
    const isLast = sources.length === 1 || quoted.quality === PriceQuality.Fallback;
    return { asset, ...quoted, source: isLast ? sources.at(-1) : undefined, feed: undefined };
  } catch {
    return undefined;
  }
}
