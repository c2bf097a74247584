import { type Address, type Hex, zeroAddress } from "viem";

import { type Cost, measure } from "../measure.ts";
import { WETH, fund, isolated } from "../scenario.ts";
import { GENESIS } from "../chain.ts";
import { type Book, ORDER_SIZE, PRICE, TAKER_FEE, call, create, orderId } from "./book.ts";
import { newOrder } from "./orders.ts";

const YEAR = 365 * 24 * 3600;

/** Rows of one `fillOrders` over several orders of a pair; averages an order. */
export async function measureSweeps(book: Book): Promise<Record<string, Cost>> {
  const { chain } = book;
  const row = (body: () => Promise<Cost>) => isolated(chain, body);
  /** Each order at a price of its own; makers, in turn, hold the bought token and another order. */
  const orders = async (count: number, makers: number): Promise<bigint[]> => {
    const owners = await makersOf(book, makers);
    const ids: bigint[] = [];
    for (let i = 0; i < count; i++) ids.push(await create(book, ownerOf(owners, count, i), PRICE + BigInt(i)));
    return ids;
  };
  /** All but the last order are filled whole. */
  const whole = (count: number) => ORDER_SIZE * BigInt(count) - WETH / 2n;

  const results: Record<string, Cost> = {};
  for (const count of [5, 10, 20]) {
    results[`dex.sweep${count}`] = await row(async () => {
      const ids = await orders(count, count);
      return measure(chain, sweep(book, ids, whole(count), whole(count)), count);
    });
  }
  results["dex.sweep10Ladder"] = await row(async () => {
    const ids = await orders(10, 3);
    return measure(chain, sweep(book, ids, whole(10), whole(10)), 10);
  });
  results["dex.sweep10Partial"] = await row(async () => {
    const ids = await releasedOrders(book, 10);
    // Half of each is released: that much is there to take.
    return measure(chain, sweep(book, ids, whole(10), 5n * ORDER_SIZE), 10);
  });
  return results;
}

/** A sweep that reverts unless all of `taken` is there: a row that passed orders over would flatter itself. */
function sweep(book: Book, ids: readonly bigint[], takeAmount: bigint, taken: bigint) {
  const leg = {
    sellToken: book.weth,
    buyToken: book.usdc,
    takeAmount,
    maxPay: 1_000_000_000_000n,
    minReceive: taken - (taken * TAKER_FEE) / 1_000_000n,
    maxPrice: 0n,
    ids,
    limits: [],
  };
  const options = {
    recipient: zeroAddress,
    relayer: zeroAddress,
    relayerFee: 0,
    flags: 0,
    deadline: 0,
    data: "0x" as Hex,
  };
  return call(book, book.taker.address, "fillOrders", [[leg], options]);
}

/** Orders of distinct makers of which a part is released, so that a sweep leaves each of them standing. */
async function releasedOrders(book: Book, count: number): Promise<bigint[]> {
  const start = GENESIS + YEAR;
  const owners = await makersOf(book, count);
  for (const [i, maker] of owners.entries()) {
    const order = newOrder(book, maker, { price: PRICE + BigInt(i), releaseStart: start, releaseEnd: start + YEAR });
    await book.chain.send(call(book, maker, "createMany", [[order]]));
  }
  await book.chain.client.setNextBlockTimestamp({ timestamp: BigInt(start + YEAR / 2) });
  return owners.map((maker) => orderId(maker, 1n));
}

/** Accounts that hold both tokens and one order outside the sweep. */
async function makersOf(book: Book, count: number): Promise<Address[]> {
  const makers: Address[] = [];
  for (let i = 0; i < count; i++) {
    const { address } = await book.chain.account(`sweep maker ${i}`);
    await fund(book, address, book.book);
    await create(book, address);
    makers.push(address);
  }
  return makers;
}

/** The orders of one maker follow each other, as the rungs of a ladder do. */
function ownerOf(owners: readonly Address[], count: number, index: number): Address {
  const owner = owners[Math.floor((index * owners.length) / count)];
  if (owner === undefined) throw new Error(`no maker for order ${index}`);
  return owner;
}
