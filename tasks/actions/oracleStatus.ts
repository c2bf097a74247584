import {
  type Beat,
  type FeedQuote,
  type FeedStatus,
  getAggregatorRound,
  getBeat,
  getFeedQuote,
  getFeedStatus,
  getPriceQuote,
  getPriceSources,
  getSenderFeeds,
  type PriceQuote,
} from "@cxmpute/sdk";
import type { Address } from "viem";

import { act } from "../lib/act.ts";
import { connect } from "../lib/connect.ts";
import { chainTime, type Context, openContext } from "../lib/context.ts";
import { formatAge, formatUsd } from "../lib/figures.ts";
import { requireOracle } from "../lib/lend.ts";
import { print, printJson, printTable } from "../lib/print.ts";
import { qualityName, stateName } from "../lib/qualityName.ts";
import { TaskError } from "../lib/TaskError.ts";

interface StatusArguments {
  deployment: string | undefined;
  json: boolean;
  ethereum: string | undefined;
}

interface FeedReport {
  name: string;
  id: number;
  status: FeedStatus;
  quote: FeedQuote;
  /** The Ethereum side's, where it was asked for. */
  source: { aggregator: Address; answer: bigint; updatedAt: bigint } | undefined;
}

interface StatusReport {
  /** Seconds. */
  now: bigint;
  feeds: FeedReport[];
  prices: { symbol: string; price: PriceQuote }[];
  beat: Beat;
}

const NEVER = 2n ** 256n - 1n;

/** Shows what is known of every price, and of the chain's heartbeat. */
export default act(async (args: StatusArguments, hre): Promise<StatusReport> => {
  const context = await openContext(hre, args);
  const { client, tokens } = context;
  const { priceFeedReceiver, priceOracle, feeds: known } = requireOracle(context);
  const sources =
    args.ethereum === undefined ? undefined : await readSources(context, await connect(hre, args.ethereum));
  const feeds = await Promise.all(
    Object.entries(known).map(async ([name, { id }]): Promise<FeedReport> => {
      const parameters = { priceFeedReceiver, feedId: id };
      const [status, quote] = await Promise.all([getFeedStatus(client, parameters), getFeedQuote(client, parameters)]);
      return { name, id, status, quote, source: sources?.get(id) };
    }),
  );
  const priced = await Promise.all(
    tokens.map(async ({ symbol, address }) => {
      const list = await getPriceSources(client, { priceOracle, asset: address });
      return list.length === 0 ? [] : [{ symbol, price: await getPriceQuote(client, { priceOracle, asset: address }) }];
    }),
  );
  const [now, beat] = await Promise.all([chainTime(context), getBeat(client, { priceFeedReceiver })]);
  const report: StatusReport = { now, feeds, prices: priced.flat(), beat };

  if (args.json) {
    printJson(report);
    return report;
  }
  const since = (time: bigint): string => formatAge(time > now ? 0n : now - time, time !== 0n);
  printTable(
    [
      "feed",
      "id",
      "state",
      "price USD",
      "observed",
      "Chainlink's update",
      "awaits",
      ...(sources ? ["on Ethereum"] : []),
    ],
    feeds.map(({ name, id, status, quote, source }) => {
      const usd = (answer: bigint): string => formatUsd((answer * 10n ** 18n) / 10n ** BigInt(status.decimals));
      return [
        name,
        String(id),
        stateName(quote.state),
        status.accepted.answer === 0n ? "none" : usd(status.accepted.answer),
        since(status.accepted.observedAt),
        since(status.accepted.updatedAt),
        status.pending === undefined ? "" : usd(status.pending.answer),
        ...(sources ? [source === undefined ? "" : usd(source.answer)] : []),
      ];
    }),
  );
  print();
  printTable(
    ["asset", "quality", "low USD", "high USD", "updated", "liquidations"],
    report.prices.map(({ symbol, price }) => [
      symbol,
      qualityName(price.quality),
      price.quality === 0 ? "none" : formatUsd(price.low),
      price.quality === 0 ? "none" : formatUsd(price.high),
      since(price.updatedAt),
      whenLiquidatable(price.liquidatableFrom, now),
    ]),
  );
  print();
  print(`The chain's last beat is ${since(beat.beatAt)} old; ${whenLiquidatable(beat.liquidatableFrom, now)}`);
  return report;
});

/** The sender's aggregators as they are now, by feed. */
async function readSources({ deployment }: Context, { client, chainId }: Awaited<ReturnType<typeof connect>>) {
  const { sister } = deployment;
  if (sister?.chainId !== chainId) {
    throw new TaskError(`the deployment's prices come from chain ${sister?.chainId}, the network is chain ${chainId}`);
  }
  const feeds = await getSenderFeeds(client, { priceFeedSender: sister.priceFeedSender });
  const rounds = feeds.map(async ({ feedId, aggregator }) => {
    const { answer, updatedAt } = await getAggregatorRound(client, { aggregator });
    return [feedId, { aggregator, answer, updatedAt }] as const;
  });
  return new Map(await Promise.all(rounds));
}

function whenLiquidatable(from: bigint, now: bigint): string {
  if (from === NEVER) return "no liquidations";
  return from <= now ? "liquidations at once" : `liquidations in ${formatAge(from - now)}`;
}
