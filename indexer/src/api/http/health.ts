import type { Handler } from "hono";

import { indexedHead } from "../book/head.ts";
import { chain, settings } from "../scope.ts";

/** How far behind the chain the tables are; 503 when that is too far, or nobody can tell. */
export const health: Handler = async (c) => {
  try {
    const [head, indexed] = await Promise.all([chain.getBlockNumber({ cacheTime: 1_000 }), indexedHead()]);
    const lag = head > indexed.block ? Number(head - indexed.block) : 0;
    const isWell = lag <= settings.maxLagBlocks;
    return c.json({ isWell, lag, head: Number(head), indexed: Number(indexed.block) }, isWell ? 200 : 503);
  } catch {
    return c.json({ isWell: false, reason: "The chain or the database does not answer" }, 503);
  }
};
