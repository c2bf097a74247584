import { z } from "zod";

import type { IndexerClient } from "../engine/watch/indexerClient.ts";

const PAGE = 1000;
/** Bounds what an ill indexer can make this process hold. */
const MAX_PAGES = 1000;

const QUERY = `query ($after: String) {
  orders(where: { status_in: [open, expired, dead] }, limit: ${PAGE}, after: $after) {
    items { id }
    pageInfo { hasNextPage endCursor }
  }
}`;

const answer = z.object({
  orders: z.object({
    items: z.array(z.object({ id: z.string().regex(/^\d{1,78}$/) })).max(PAGE),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

/** Ids of all orders that an indexer says exist. Only a hint: terms and state are always read from the chain. */
export async function openOrderIds(indexer: IndexerClient): Promise<bigint[]> {
  const ids: bigint[] = [];
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { orders }: z.infer<typeof answer> = await indexer.query(QUERY, { after }, answer);
    ids.push(...orders.items.map(({ id }) => BigInt(id)));
    after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
    if (after === null) break;
  }
  return ids;
}
