import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { demoTokenAbi, orderNftAbi } from "@cxmpute/sdk";
import { maxUint256, type Address } from "viem";

import type { TestChain } from "./anvil.ts";
import { deployArtifact } from "./artifact.ts";
import { deployBook, makers, placeOrder, type Book } from "./deployDex.ts";
import { send, WETH, type Lend, type TestPool } from "./deployLend.ts";

/** An order book of lending's assets, and the contract that sells on it what it seizes. */
export interface FlashVenue extends Book {
  readonly flashLiquidator: Address;
  /** The deployment file that keepers read, with book and lending. */
  readonly file: string;
}

/** Makers, who are borrowers 0 and 1, have approved the book for every asset. */
export async function deployFlash(chain: TestChain, lend: Lend): Promise<FlashVenue> {
  const book = await deployBook(chain);
  const artifact = "contracts/periphery/FlashLiquidator.sol/FlashLiquidator";
  const flashLiquidator = await deployArtifact(chain, artifact, [lend.controller, book.book]);
  for (const { asset } of [lend.usdc, lend.weth, lend.wpeaq]) await approveBook(chain, book, asset);
  const file = join(mkdtempSync(join(tmpdir(), "keepers-")), "deployment.json");
  const deployment = JSON.parse(readFileSync(lend.file, "utf8")) as { lend: object };
  const contracts = { orderNFT: book.book, orderMatcher: book.matcher, orderLens: book.lens };
  writeFileSync(file, JSON.stringify({ ...deployment, contracts, lend: { ...deployment.lend, flashLiquidator } }));
  return { ...book, flashLiquidator, file };
}

/** Lets the book take a token from the makers. */
export async function approveBook(chain: TestChain, { book }: Book, asset: Address): Promise<void> {
  const call = { address: asset, abi: demoTokenAbi, functionName: "approve", args: [book, maxUint256] } as const;
  for (const maker of makers) await send(chain, call, maker);
}

/** A bid of maker 0: `units` of one asset for another, at `price` units a whole token of 18 decimals. */
export function placeBid(
  chain: TestChain,
  venue: FlashVenue,
  bid: { readonly pay: TestPool["asset"]; readonly want: Address; readonly units: bigint; readonly price: bigint },
): Promise<bigint> {
  const cost = (bid.units * WETH) / bid.price;
  return placeOrder(chain, venue, { sell: bid.pay, buy: bid.want, amount: bid.units, cost });
}

/** Takes an order back. */
export function cancelBid(chain: TestChain, { book }: Book, id: bigint): Promise<void> {
  return send(chain, { address: book, abi: orderNftAbi, functionName: "cancel", args: [id] }, makers[0]);
}
