import { and, desc, eq, gte, lt } from "ponder";
import { db } from "ponder:api";
import { lendAccrual, lendAction, lendLiquidation, lendMarket } from "ponder:schema";
import { GraphQLError } from "graphql";
import type { Address } from "viem";

import { chainNow } from "../book/head.ts";
import { steadily } from "../book/steadily.ts";
import { parametersOf } from "../../lib/lend/parametersOf.ts";
import { readLendAccount, type Position } from "../lend/account.ts";
import { readMarkets, type Market } from "../lend/markets.ts";
import { rateCurve } from "../lend/rateCurve.ts";
import { readPrices } from "../oracle/prices.ts";
import { checkedLimit, pageOf, readCursor, type PageArguments } from "./page.ts";

const MOST_MARKETS = 64;
const LEAST_STEPS = 2;

type At = { readonly at?: bigint | null };

/** Reads at a time; now unless said. */
export function readAt<T>(at: bigint | null | undefined, read: (at: bigint) => Promise<T>): Promise<T> {
  return steadily(async (head) => read(at ?? (await chainNow(head))));
}

async function rateHistory(
  _: unknown,
  query: PageArguments & { readonly pool: Address; readonly from?: bigint | null; readonly to?: bigint | null },
) {
  const limit = checkedLimit(query.first);
  const cursor = readCursor(query.after);
  const rows = await db
    .select()
    .from(lendAccrual)
    .where(
      and(
        eq(lendAccrual.pool, query.pool),
        query.from === null || query.from === undefined ? undefined : gte(lendAccrual.to, query.from),
        query.to === null || query.to === undefined ? undefined : lt(lendAccrual.to, query.to),
        cursor === undefined ? undefined : lt(lendAccrual.seq, cursor.number),
      ),
    )
    .orderBy(desc(lendAccrual.seq))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => [row.seq]);
}

async function liquidations(
  _: unknown,
  query: PageArguments & { readonly borrower?: Address | null; readonly liquidator?: Address | null },
) {
  const limit = checkedLimit(query.first);
  const cursor = readCursor(query.after);
  const { borrower, liquidator } = query;
  const rows = await db
    .select()
    .from(lendLiquidation)
    .where(
      and(
        borrower === null || borrower === undefined ? undefined : eq(lendLiquidation.borrower, borrower),
        liquidator === null || liquidator === undefined ? undefined : eq(lendLiquidation.liquidator, liquidator),
        cursor === undefined ? undefined : lt(lendLiquidation.seq, cursor.number),
      ),
    )
    .orderBy(desc(lendLiquidation.seq))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => [row.seq]);
}

async function lendActionsOf(
  { address }: { readonly address: Address },
  query: PageArguments & { readonly pool?: Address | null },
) {
  const limit = checkedLimit(query.first);
  const cursor = readCursor(query.after);
  const rows = await db
    .select()
    .from(lendAction)
    .where(
      and(
        eq(lendAction.account, address),
        query.pool === null || query.pool === undefined ? undefined : eq(lendAction.pool, query.pool),
        cursor === undefined ? undefined : lt(lendAction.seq, cursor.number),
      ),
    )
    .orderBy(desc(lendAction.seq))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => [row.seq]);
}

export const lendResolvers = {
  lendMarkets: async (_: unknown, { asset, at, first }: At & { asset?: Address | null; first: number }) => {
    const limit = checkedLimit(first, MOST_MARKETS);
    return (await readAt(at, (time) => readMarkets(time, { asset: asset ?? undefined }))).slice(0, limit);
  },

  lendMarket: async (_: unknown, { pool, at }: At & { pool: Address }) =>
    (await readAt(at, (time) => readMarkets(time, { pool })))[0] ?? null,

  rateHistory,

  rateCurve: async (_: unknown, { pool, steps }: { pool: Address; steps: number }) => {
    if (steps < LEAST_STEPS) throw new GraphQLError(`A curve has at least ${LEAST_STEPS} steps, not ${steps}.`);
    const limit = checkedLimit(steps);
    const [row] = await db.select().from(lendMarket).where(eq(lendMarket.pool, pool));
    if (row === undefined) throw new GraphQLError("There is no such pool.");
    if (row.kinkBps === 0) throw new GraphQLError("The pool has no curve yet.");
    return rateCurve(parametersOf(row), limit);
  },

  liquidations,
};

/** Fields that are worked out from what was read. */
export const lendFieldResolvers = {
  Account: {
    lend: ({ address }: { address: Address }, { at }: At) => readAt(at, (time) => readLendAccount(address, time)),
    lendActions: lendActionsOf,
  },
  LendAccount: {
    positions: ({ positions }: { positions: readonly Position[] }, { first }: { first: number }) =>
      positions.slice(0, checkedLimit(first, MOST_MARKETS)),
  },
  LendMarket: {
    price: async ({ asset, at }: Market) => {
      const [price] = await readPrices(at, [asset.address]);
      return price === undefined ? null : { ...price, age: at - price.updatedAt };
    },
  },
};
