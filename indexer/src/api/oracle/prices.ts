import { priceOracleAbi } from "@cxmpute/sdk";
import { asc, inArray } from "ponder";
import { db } from "ponder:api";
import { oracleFeed, oracleReceiver, oracleSource } from "ponder:schema";
import type { Address } from "viem";

import { chain, settings } from "../scope.ts";
import { quoteFeed, type FeedRow } from "./feedQuote.ts";

/** From worst to best, as the contract counts them. */
export const QUALITIES = ["Halted", "Fallback", "Pending", "Fresh"] as const;

export type Quality = (typeof QUALITIES)[number];
type SourceRow = typeof oracleSource.$inferSelect;

/** Seconds that liquidations wait after an asset's sources were set. */
const GRACE = 900n;
const NO_PRICE = 2n ** 128n - 1n;
const NEVER = 2n ** 256n - 1n;

export interface Price {
  readonly asset: Address;
  /** 1e18 USD for a whole token. */
  readonly low: bigint;
  readonly high: bigint;
  /** Of the source, seconds; zero when it never did. */
  readonly updatedAt: bigint;
  readonly liquidatableFrom: bigint;
  readonly quality: Quality;
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
    const waits = [stallUntil, feed.graceUntil ?? 0n, first.setAt + GRACE];
    return {
      asset,
      low: quoted.low,
      high: quoted.high,
      updatedAt: feed.updatedAt,
      liquidatableFrom: waits.reduce((latest, until) => (until > latest ? until : latest)),
      quality: quoted.isPending ? "Pending" : "Fresh",
      source,
      feed,
    };
  }
  return {
    asset,
    low: 0n,
    high: NO_PRICE,
    updatedAt,
    liquidatableFrom: NEVER,
    quality: "Halted",
    source: undefined,
    feed: sources.map(({ feedId }) => feeds.get(feedId ?? -1n)).find((row) => row !== undefined),
  };
}

async function askChain(asset: Address, sources: readonly SourceRow[]): Promise<Price | undefined> {
  const address = settings.deployment.oracle?.priceOracle;
  if (address === undefined) return undefined;
  try {
    const read = { address, abi: priceOracleAbi, functionName: "tryPrice", args: [asset] } as const;
    const { low, high, updatedAt, liquidatableFrom, quality } = await chain.readContract(read);
    const name = QUALITIES[quality] ?? "Halted";
    const source = sources.length === 1 || name === "Fallback" ? sources.at(-1) : undefined;
    return { asset, low, high, updatedAt, liquidatableFrom, quality: name, source, feed: undefined };
  } catch {
    return undefined;
  }
}
