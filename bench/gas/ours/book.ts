import { orderNftAbi } from "@cxmpute/sdk";
import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type Hex,
  encodeFunctionData,
  zeroAddress,
} from "viem";

import type { Chain, Transaction } from "../chain.ts";
import { priceOf } from "../price.ts";
import { type Market, USDC, WETH, fund, openMarket } from "../scenario.ts";
import { deployManager, deployOurs } from "./deployOurs.ts";

/** 6 bps. */
export const TAKER_FEE = 600n;
export const NEVER = 2 ** 32 - 1;
/** A price with a full mantissa, as most are. */
export const PRICE = priceOf(3_123_456_789n, WETH);
export const ORDER_SIZE = (3n * WETH) / 2n;

export type BookFunction = ContractFunctionName<typeof orderNftAbi, "nonpayable">;

/** An order book in use: it holds both tokens, and both have accrued fees. */
export interface Book extends Market {
  book: Address;
}

/** Calldata of a call to the order book. */
export function callData<F extends BookFunction>(
  functionName: F,
  args: ContractFunctionArgs<typeof orderNftAbi, "nonpayable", F>,
): Hex {
  // The arguments were checked against the ABI above; inside, their generic type is too deep for viem's own.
  const abi: Abi = orderNftAbi;
  const name: string = functionName;
  return encodeFunctionData({ abi, functionName: name, args: args as readonly unknown[] });
}

/** A transaction to the order book. */
export function call<F extends BookFunction>(
  book: Book,
  from: Address,
  functionName: F,
  args: ContractFunctionArgs<typeof orderNftAbi, "nonpayable", F>,
): Transaction {
  return { from, to: book.book, data: callData(functionName, args) };
}

/** Deploys the order book as it goes live, from the artifacts of `hardhat build`, and lets others use it first. */
export async function openBook(chain: Chain): Promise<Book> {
  const market = await openMarket(chain);
  const admin = market.admin.address;
  const collector = await chain.account("collector");
  const deploy = (path: string, values: Record<string, unknown>) => deployOurs(chain, admin, path, values);
  const manager = await deployManager(chain, admin);
  const values = {
    authority_: manager,
    descriptor_: zeroAddress,
    observer_: zeroAddress,
    permit2_: zeroAddress,
    feeCollector_: collector.address,
    takerFee_: TAKER_FEE,
  };
  const extension = await deploy("contracts/dex/OrderExtension.sol/OrderExtension", values);
  const makerExtension = await deploy("contracts/dex/OrderMakerExtension.sol/OrderMakerExtension", {
    ...values,
    extension_: extension,
  });
  const address = await deploy("contracts/dex/OrderNFT.sol/OrderNFT", { ...values, makerExtension_: makerExtension });
  const book: Book = { ...market, book: address };
  for (const account of [book.maker, book.taker, book.other]) await fund(book, account.address, address);

  const { weth, usdc } = book;
  const wethOrder = await create(book, book.other.address, PRICE, 2n * WETH);
  const usdcOrder = orderId(book.other.address, 1n);
  const back = priceOf(WETH, 3_000n * USDC);
  await chain.send(call(book, book.other.address, "create", [usdc, weth, 6_000n * USDC, back, NEVER, 0]));
  for (const [id, amount] of [
    [wethOrder, WETH],
    [usdcOrder, 3_000n * USDC],
  ] as const) {
    await chain.send(call(book, book.taker.address, "fill", [id, amount, 2n ** 255n]));
  }
  return book;
}

/** Sells WETH for USDC. The account's nonce is read from the chain. */
export async function create(book: Book, maker: Address, price = PRICE, amount = ORDER_SIZE): Promise<bigint> {
  const [nonce] = await book.chain.client.readContract({
    address: book.book,
    abi: orderNftAbi,
    functionName: "nonces",
    args: [maker],
  });
  await book.chain.send(call(book, maker, "create", [book.weth, book.usdc, amount, price, NEVER, 0]));
  return orderId(maker, nonce);
}

/** maker 160 | nonce 64 | expiry 32 */
export function orderId(maker: Address, nonce: bigint, expiry = NEVER): bigint {
  return (BigInt(maker) << 96n) | (nonce << 32n) | BigInt(expiry);
}
