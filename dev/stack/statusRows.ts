import { type Deployment, getFeedQuote, getFeedStatus, getPoolRates, getPoolTotals, totalAssets } from "@cxmpute/sdk";
import { createPublicClient, http } from "viem";

import { formatAge, formatPercent, formatRounded, formatUsd } from "../../tasks/lib/figures.ts";
import { stateName } from "../../tasks/lib/qualityName.ts";

/** Each feed with its price and its age, as the receiver on the peaq chain has it. */
export async function feedRows(rpcUrl: string, { oracle }: Deployment): Promise<string[][]> {
  if (oracle === undefined) return [];
  const client = createPublicClient({ transport: http(rpcUrl) });
  const { timestamp } = await client.getBlock();
  const rows = Object.entries(oracle.feeds).map(async ([name, { id }]) => {
    const parameters = { priceFeedReceiver: oracle.priceFeedReceiver, feedId: id };
    const [quote, { accepted }] = await Promise.all([
      getFeedQuote(client, parameters),
      getFeedStatus(client, parameters),
    ]);
    const age = timestamp > accepted.observedAt ? timestamp - accepted.observedAt : 0n;
    return [`${name} / USD`, formatUsd(quote.low), stateName(quote.state), formatAge(age, accepted.observedAt !== 0n)];
  });
  return Promise.all(rows);
}

/** Each pool with what is in it. */
export async function poolRows(rpcUrl: string, { lend, tokens }: Deployment): Promise<string[][]> {
  if (lend === undefined) return [];
  const client = createPublicClient({ transport: http(rpcUrl) });
  const rows = Object.entries(lend.pools).map(async ([symbol, { address: pool }]) => {
    const token = tokens[symbol] ?? { decimals: 0 };
    const [totals, rates] = await Promise.all([getPoolTotals(client, { pool }), getPoolRates(client, { pool })]);
    return [
      `u${symbol}`,
      pool,
      formatRounded(totalAssets(totals), token),
      formatRounded(totals.debt, token),
      formatPercent(rates.borrowRate),
    ];
  });
  return Promise.all(rows);
}
