import type { Address } from "viem";

import { TaskError } from "./TaskError.ts";

const PAGE = 1_000;

interface Page {
  orders: { items: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

/** Ids of the open orders that sell one token for another, as an indexer has them. */
export async function indexedIds(indexer: string, sellToken: Address, buyToken: Address): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let after: string | null = null; ;) {
    const { orders }: Page = await request(indexer, { sellToken, buyToken, after });
    ids.push(...orders.items.map(({ id }) => BigInt(id)));
    after = orders.pageInfo.endCursor;
    if (!orders.pageInfo.hasNextPage || after === null) return ids;
  }
}

const QUERY = `query ($sellToken: String!, $buyToken: String!, $after: String) {
  orders(where: { sellToken: $sellToken, buyToken: $buyToken, status: open }, limit: ${PAGE}, after: $after) {
    items { id }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function request(
  indexer: string,
  { sellToken, buyToken, after }: { sellToken: Address; buyToken: Address; after: string | null },
): Promise<Page> {
  const variables = { sellToken: sellToken.toLowerCase(), buyToken: buyToken.toLowerCase(), after };
  const response = await fetch(new URL("/graphql", indexer), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: QUERY, variables }),
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => {
    throw new TaskError(`no indexer answers at ${indexer}`, cause as Error);
  });
  const body = (await response.json().catch(() => ({}))) as { data?: Page; errors?: { message: string }[] };
  if (body.data?.orders.items === undefined) {
    throw new TaskError(`the indexer at ${indexer} answered ${body.errors?.[0]?.message ?? response.status}`);
  }
  return body.data;
}
