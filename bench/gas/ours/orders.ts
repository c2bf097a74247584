import { type Address, encodeFunctionData, erc20Abi, zeroAddress } from "viem";

import type { Cost } from "../measure.ts";
import { measure } from "../measure.ts";
import { WETH, isolated } from "../scenario.ts";
import { type Book, NEVER, ORDER_SIZE, PRICE, call, create } from "./book.ts";

const PART = 234_500_000_000_000_000n;
const MAX_PAY = 800_000_000n;

/** Rows of one order a transaction. */
export async function measureOrders(book: Book): Promise<Record<string, Cost>> {
  const { chain, weth, usdc } = book;
  const [maker, taker, other] = [book.maker.address, book.taker.address, book.other.address];
  const order = [weth, usdc, ORDER_SIZE, PRICE, NEVER, 0] as const;
  const row = (body: () => Promise<Cost>) => isolated(chain, body);
  /** An order of a maker who has others, filled in part before. */
  const usedOrder = async (): Promise<bigint> => {
    await create(book, maker);
    const id = await create(book, maker);
    await chain.send(call(book, other, "fill", [id, WETH / 10n, MAX_PAY]));
    return id;
  };
  const setFee = (fee: bigint) => chain.send(call(book, book.admin.address, "setTakerFee", [fee]));

  return {
    "dex.createFirst": await row(() => measure(chain, call(book, maker, "create", order))),
    "dex.create": await row(async () => {
      await create(book, maker);
      return measure(chain, call(book, maker, "create", order));
    }),
    "dex.createFor": await row(async () => {
      await create(book, maker);
      return measure(chain, call(book, other, "createFor", [maker, ...order]));
    }),
    "dex.createMany10": await row(async () => {
      await create(book, maker);
      const orders = Array.from({ length: 10 }, (_, i) => newOrder(book, maker, { price: PRICE + BigInt(i) }));
      return measure(chain, call(book, maker, "createMany", [orders]), 10);
    }),
    "dex.fill": await row(async () => {
      const id = await usedOrder();
      return measure(chain, call(book, taker, "fill", [id, PART, MAX_PAY]));
    }),
    "dex.fillNoFee": await row(async () => {
      const id = await usedOrder();
      await setFee(0n);
      return measure(chain, call(book, taker, "fill", [id, PART, MAX_PAY]));
    }),
    "dex.fillFull": await row(async () => {
      const id = await usedOrder();
      return measure(chain, call(book, taker, "fill", [id, ORDER_SIZE - WETH / 10n, 10n * MAX_PAY]));
    }),
    "dex.cancel": await row(async () => {
      await create(book, maker);
      const id = await create(book, maker);
      return measure(chain, call(book, maker, "cancel", [id]));
    }),
    "dex.cancelMany10": await row(async () => {
      await create(book, maker);
      const ids: bigint[] = [];
      for (let i = 0; i < 10; i++) ids.push(await create(book, maker));
      return measure(chain, call(book, maker, "cancelMany", [ids]), 10);
    }),
    "dex.amend": await row(async () => {
      const id = await create(book, maker);
      return measure(chain, call(book, maker, "amend", [id, ORDER_SIZE, PRICE + 1_000_000_007n]));
    }),
    "dex.amendSize": await row(async () => {
      const id = await create(book, maker);
      return measure(chain, call(book, maker, "amend", [id, 2n * ORDER_SIZE, PRICE + 1_000_000_007n]));
    }),
    "dex.transfer": await row(async () => {
      const id = await create(book, maker);
      await create(book, maker);
      return measure(chain, call(book, maker, "transferFrom", [maker, taker, id]));
    }),
    "dex.transferHolder": await row(async () => {
      const id = await create(book, maker);
      await create(book, maker);
      return measure(chain, call(book, maker, "transferFrom", [maker, other, id]));
    }),
    "erc20.transfer": await row(() =>
      measure(chain, {
        from: maker,
        to: weth,
        data: encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [taker, PART] }),
      }),
    ),
    "erc20.transferFrom": await row(async () => {
      const approve = encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [other, 2n ** 256n - 1n] });
      await chain.send({ from: maker, to: weth, data: approve });
      return measure(chain, {
        from: other,
        to: weth,
        data: encodeFunctionData({ abi: erc20Abi, functionName: "transferFrom", args: [maker, taker, PART] }),
      });
    }),
  };
}

/** A `NewOrder` that sells WETH for USDC. */
export function newOrder(
  book: Book,
  maker: Address,
  changes: { price?: bigint; releaseStart?: number; releaseEnd?: number },
) {
  return {
    maker,
    sellToken: book.weth,
    buyToken: book.usdc,
    sellAmount: ORDER_SIZE,
    price: PRICE,
    expiry: NEVER,
    terms: 0,
    privateTaker: zeroAddress,
    releaseStart: 0,
    releaseEnd: 0,
    ...changes,
  };
}
