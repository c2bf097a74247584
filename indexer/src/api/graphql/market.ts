import { costUp, decodePrice } from "@cxmpute/sdk";
import { and, desc, eq, lt } from "ponder";
import { db } from "ponder:api";
import { fill, protocol } from "ponder:schema";
import { GraphQLError } from "graphql";
import type { Address } from "viem";

import type { CANDLE_LENGTHS } from "../../lib/candleLengths.ts";
import type { StartedCandle } from "../../lib/candleOfFill.ts";
import { pairOf } from "../../lib/pair.ts";
import { consistently } from "../book/consistently.ts";
import { readDepth, type DepthLevel } from "../book/depth.ts";
import { orientedPrice, toDecimal, wholeTokens, type Ratio } from "../book/displayPrice.ts";
import { chainNow, indexedHead, type Head } from "../book/head.ts";
import { readMarket, type Market } from "../book/orientation.ts";
import { bestRoute } from "../book/route.ts";
import { readCandles } from "../candles/readCandles.ts";
import { checkedLimit, pageOf, readCursor, type PageArguments } from "./page.ts";
import { describePair } from "./pairs.ts";

const MOST_LEVELS = 200;
const MOST_CANDLES = 1_500;
const MOST_ORDERS = 500;
const MOST_SPARES = 50;

interface Sides {
  readonly base: Address;
  readonly quote: Address;
}

/** Both sides of a market's book at a time. Null when one of the tokens was never traded here. */
export async function readOrderBook(sides: Sides, depth: number, at: bigint | null | undefined) {
  const limit = checkedLimit(depth, MOST_LEVELS);
  const market = await readMarket(sides.base, sides.quote);
  if (market === null) return null;
  const read = await consistently(market.pairId, async (head) => {
    const now = at ?? (await chainNow(head));
    return { now, sides: await readDepth(sides.base, sides.quote, limit, now) };
  });
  if (read === null) return null;
  const [asks, bids] = read.result.sides;
  return {
    pair: describePair(read.pair, market),
    block: read.head.block,
    at: read.result.now,
    ...describeTop(market, asks, bids),
    ...describeSides(market, asks, bids),
  };
}

function describeSides(market: Market, asks: readonly DepthLevel[], bids: readonly DepthLevel[]) {
  const describe = (levels: readonly DepthLevel[], sellsBase: boolean) => {
    let baseTotal = 0n;
    return levels.map(({ price, amount, orderCount }) => {
      const cost = costUp(price, amount);
      const [base, quote] = sellsBase ? [amount, cost] : [cost, amount];
      baseTotal += base;
      const shown = toDecimal(inWholeTokens(orientedPrice(price, sellsBase), market));
      return { price: shown, rawPrice: price, base, quote, baseTotal, orderCount };
    });
  };
  return { asks: describe(asks, true), bids: describe(bids, false) };
}

function describeTop(market: Market, [ask]: readonly DepthLevel[], [bid]: readonly DepthLevel[]) {
  if (ask === undefined || bid === undefined) return { mid: null, spread: null };
  const a = inWholeTokens(orientedPrice(ask.price, true), market);
  const b = inWholeTokens(orientedPrice(bid.price, false), market);
  const [up, down] = [a.numerator * b.denominator, b.numerator * a.denominator];
  const denominator = a.denominator * b.denominator;
  const spread = toDecimal({ numerator: up > down ? up - down : down - up, denominator });
  return {
    mid: toDecimal({ numerator: up + down, denominator: 2n * denominator }),
    spread: up >= down ? spread : `-${spread}`,
  };
}

function inWholeTokens(ratio: Ratio, { base, quote }: Market): Ratio {
  return wholeTokens(ratio, base.decimals ?? 0, quote.decimals ?? 0);
}

interface BestFillArguments {
  readonly sellToken: Address;
  readonly buyToken: Address;
  readonly amount?: bigint | null;
  readonly budget?: bigint | null;
  readonly taker?: Address | null;
  readonly slippage?: number | null;
  readonly maxOrders: number;
  readonly spareOrders: number;
  readonly at?: bigint | null;
}

async function bestFill(_: unknown, query: BestFillArguments) {
  const { sellToken, buyToken, amount, budget, slippage } = query;
  if ((amount ?? undefined) === undefined && (budget ?? undefined) === undefined) {
    throw new GraphQLError("Give an amount, a budget, or both.");
  }
  if (slippage !== null && slippage !== undefined && slippage < 0) throw new GraphQLError("Slippage is not negative.");
  if (query.spareOrders < 0 || query.spareOrders > MOST_SPARES) {
    throw new GraphQLError(`There are 0 to ${MOST_SPARES} spare orders.`);
  }
  const maxOrders = checkedLimit(query.maxOrders, MOST_ORDERS);
  const route = async (head: Head) => {
    const [parameters] = await db.select().from(protocol);
    const timestamp = query.at ?? (await chainNow(head));
    const best = await bestRoute({
      sellToken,
      buyToken,
      takeAmount: amount ?? undefined,
      budget: budget ?? undefined,
      taker: query.taker ?? undefined,
      slippage: slippage === null || slippage === undefined ? undefined : BigInt(slippage),
      takerFee: BigInt(parameters?.takerFee ?? 0),
      maxOrders,
      spareOrders: query.spareOrders,
      timestamp,
    });
    return { head, result: { ...best, timestamp } };
  };
  const read = await consistently(pairOf(sellToken, buyToken).id, route);
  const { head, result } = read?.result ?? (await route(await indexedHead()));
  const { leg, expected, averagePrice, complete } = result;
  const market = await readMarket(sellToken, buyToken);
  return {
    leg,
    ...expected,
    averagePrice:
      averagePrice === undefined || market === null
        ? null
        : toDecimal(inWholeTokens(decodePrice(averagePrice), market)),
    isComplete: complete,
    at: result.timestamp,
    block: head.block,
  };
}

async function candles(
  _: unknown,
  query: Sides & {
    readonly interval: keyof typeof CANDLE_LENGTHS;
    readonly from?: bigint | null;
    readonly to?: bigint | null;
    readonly limit: number;
  },
) {
  const limit = checkedLimit(query.limit, MOST_CANDLES);
  const market = await readMarket(query.base, query.quote);
  if (market === null) return [];
  const found = await readCandles({
    pairId: market.pairId,
    interval: query.interval,
    from: query.from ?? undefined,
    to: query.to ?? undefined,
    limit,
  });
  return found.map((candle) => describeCandle(candle, market));
}

function describeCandle(row: StartedCandle, market: Market) {
  const price = (amount0: bigint, amount1: bigint): string | null =>
    toDecimal(
      inWholeTokens(
        market.isCanonical
          ? { numerator: amount1, denominator: amount0 }
          : { numerator: amount0, denominator: amount1 },
        market,
      ),
    );
  const [top, bottom] = [price(row.high0, row.high1), price(row.low0, row.low1)];
  return {
    start: row.start,
    open: price(row.open0, row.open1),
    high: market.isCanonical ? top : bottom,
    low: market.isCanonical ? bottom : top,
    close: price(row.close0, row.close1),
    baseVolume: market.isCanonical ? row.volume0 : row.volume1,
    quoteVolume: market.isCanonical ? row.volume1 : row.volume0,
    fillCount: row.fillCount,
  };
}

async function fills(_: unknown, { base, quote, first, after }: Sides & PageArguments) {
  const limit = checkedLimit(first);
  const cursor = readCursor(after);
  const rows = await db
    .select()
    .from(fill)
    .where(and(eq(fill.pairId, pairOf(base, quote).id), cursor === undefined ? undefined : lt(fill.seq, cursor.number)))
    .orderBy(desc(fill.seq))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => [row.seq]);
}

export const marketResolvers = {
  orderBook: (_: unknown, { depth, at, ...sides }: Sides & { depth: number; at?: bigint | null }) =>
    readOrderBook(sides, depth, at),
  bestFill,
  candles,
  fills,
};
