import assert from "node:assert/strict";

import { orderMatcherAbi } from "@cxmpute/sdk";
import { parseEventLogs, type Address } from "viem";

import type { Totals } from "../../src/engine/store/bookings.ts";
import type { TestChain } from "./anvil.ts";
import { balanceOf, type Dex } from "./deployDex.ts";

/** Balances before any keeper ran. */
export interface Opening {
  readonly coin: bigint;
  readonly tokens: ReadonlyMap<Address, bigint>;
  readonly nonce: number;
}

export async function readOpening(chain: TestChain, dex: Dex, account: Address): Promise<Opening> {
  const tokens = new Map<Address, bigint>();
  for (const token of [dex.weth, dex.usdc, dex.wpeaq]) tokens.set(token, await balanceOf(chain, token, account));
  return {
    coin: await chain.client.getBalance({ address: account }),
    tokens,
    nonce: await chain.client.getTransactionCount({ address: account }),
  };
}

/** The books are the chain: every transaction of the signer, every wei of gas, every unit of every token. */
export async function assertBooksEqualChain(
  chain: TestChain,
  dex: Dex,
  account: Address,
  opening: Opening,
  books: Totals,
): Promise<void> {
  const closing = await readOpening(chain, dex, account);
  assert.equal(books.transactions, closing.nonce - opening.nonce, "transactions");
  assert.equal(books.gasCost, opening.coin - closing.coin, "gas");
  for (const [token, amount] of closing.tokens) {
    const booked = books.tokens.find((row) => row.token === token)?.amount ?? 0n;
    assert.equal(booked, amount - (opening.tokens.get(token) ?? 0n), `units of ${token}`);
  }
}

/** How often each pair of orders was matched. */
export async function matchCounts(chain: TestChain, dex: Dex): Promise<Map<string, number>> {
  const logs = await chain.client.getLogs({ address: dex.matcher, fromBlock: 0n });
  const counts = new Map<string, number>();
  for (const { args } of parseEventLogs({ abi: orderMatcherAbi, eventName: "OrdersMatched", logs })) {
    const key = `${args.idA}:${args.idB}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
