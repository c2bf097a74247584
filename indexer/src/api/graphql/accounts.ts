import { availableAmount, decodeTerms, unpackOrderId } from "@cxmpute/sdk";
import { and, asc, desc, eq, gt, lt, or } from "ponder";
import { db } from "ponder:api";
import { account, credit, creditEvent, fill, order, protocol, token } from "ponder:schema";
import type { Address } from "viem";

import { blockOf } from "../../lib/blockOf.ts";
import { toBookOrder, type OrderRow } from "../book/bookOrder.ts";
import { fillStatusOf } from "../book/fillStatus.ts";
import { chainNow, indexedHead } from "../book/head.ts";
import { settings } from "../scope.ts";
import { checkedLimit, pageOf, readCursor, type PageArguments } from "./page.ts";

type FillRow = typeof fill.$inferSelect;

interface AccountParent {
  readonly address: Address;
}

async function ordersOf({ address }: AccountParent, query: PageArguments & { status?: OrderRow["status"] | null }) {
  const limit = checkedLimit(query.first);
  const cursor = readCursor(query.after);
  const rows = await db
    .select()
    .from(order)
    .where(
      and(
        eq(order.owner, address),
        query.status === null || query.status === undefined ? undefined : eq(order.status, query.status),
        cursor === undefined ? undefined : lt(order.createdSeq, cursor.number),
      ),
    )
    .orderBy(desc(order.createdSeq))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => [row.createdSeq]);
}

async function fillsOf({ address }: AccountParent, { first, after }: PageArguments) {
  const limit = checkedLimit(first);
  const cursor = readCursor(after);
  const rows = await db
    .select()
    .from(fill)
    .where(
      and(
        or(eq(fill.owner, address), eq(fill.recipient, address)),
        cursor === undefined ? undefined : lt(fill.seq, cursor.number),
      ),
    )
    .orderBy(desc(fill.seq))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => [row.seq]);
}

async function creditEventsOf({ address }: AccountParent, { first, after }: PageArguments) {
  const limit = checkedLimit(first);
  const cursor = readCursor(after);
  const rows = await db
    .select()
    .from(creditEvent)
    .where(and(eq(creditEvent.account, address), cursor === undefined ? undefined : lt(creditEvent.seq, cursor.number)))
    .orderBy(desc(creditEvent.seq))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => [row.seq]);
}

export const accountResolvers = {
  account: async (_: unknown, { address }: AccountParent) => {
    const [row] = await db.select().from(account).where(eq(account.address, address));
    return row ?? { address, balance: 0, orderCount: 0, epoch: 0n };
  },

  order: async (_: unknown, { id }: { id: bigint }) => {
    const [row] = await db.select().from(order).where(eq(order.id, id));
    return row ?? null;
  },

  token: async (_: unknown, { address }: AccountParent) => {
    const [row] = await db.select().from(token).where(eq(token.address, address));
    return row ?? null;
  },

  tokens: async (_: unknown, { first, after }: PageArguments) => {
    const limit = checkedLimit(first);
    const cursor = readCursor(after);
    const rows = await db
      .select()
      .from(token)
      .where(cursor === undefined ? undefined : gt(token.address, cursor.text as Address))
      .orderBy(asc(token.address))
      .limit(limit + 1);
    return pageOf(rows, limit, (row) => [0, row.address]);
  },

  protocol: async () => {
    const [row] = await db.select().from(protocol);
    if (row === undefined) throw new Error("The order book's first block is not indexed yet");
    return { ...row, chainId: settings.deployment.chainId, ...(await indexedHead()) };
  },
};

/** Fields that are worked out from a row. */
export const fieldResolvers = {
  Account: {
    orders: ordersOf,
    fills: fillsOf,
    creditEvents: creditEventsOf,
    credits: ({ address }: AccountParent, { first }: PageArguments) =>
      db
        .select()
        .from(credit)
        .where(eq(credit.account, address))
        .orderBy(desc(credit.amount), asc(credit.token))
        .limit(checkedLimit(first)),
  },
  Order: {
    available: async (row: OrderRow, { at }: { at?: bigint | null }) =>
      availableAmount(toBookOrder(row), at ?? (await chainNow())),
    fillStatus: async (row: OrderRow, { taker, at }: { taker?: Address | null; at?: bigint | null }) =>
      fillStatusOf(row, taker ?? undefined, at ?? (await chainNow())),
    nonce: ({ id }: OrderRow) => unpackOrderId(id).nonce,
    minFill: ({ terms }: OrderRow) => decodeTerms(terms).minFill,
    isAllOrNone: ({ terms }: OrderRow) => decodeTerms(terms).allOrNone,
    isExactPayment: ({ terms }: OrderRow) => decodeTerms(terms).exactPayment,
    isObserved: ({ terms }: OrderRow) => decodeTerms(terms).observed,
  },
  Fill: {
    block: ({ seq }: FillRow) => blockOf(seq),
  },
};
