import { type Address, type Hex, encodeFunctionData, parseAbi, toFunctionSelector } from "viem";

import type { Cost } from "../measure.ts";
import { approval, isolated, mint } from "../scenario.ts";
import { callsTo } from "../trace.ts";
import { type Book, NEVER, ORDER_SIZE, PRICE, call, callData, orderId } from "./book.ts";

const PART = 234_500_000_000_000_000n;
const MAX_PAY = 800_000_000n;
const FILL = toFunctionSelector("fill(uint256,uint256,uint256)");

const actorAbi = parseAbi(["struct Call { address target; bytes data; }", "function run(Call[] calls)"]);

/**
 * Rows of the gas of the call alone: neither the 21,000 of a transaction nor its calldata, and no refunds, which are
 * the transaction's.
 */
export async function measureCalls(book: Book): Promise<Record<string, Cost>> {
  const { chain, admin } = book;
  const [first, next] = await isolated(chain, async () => {
    await chain.send(call(book, admin.address, "setTakerFee", [0n]));
    return fillsInOneTransaction(book, true);
  });
  const [firstFee, nextFee] = await isolated(chain, () => fillsInOneTransaction(book, true));
  const [cold, coldNext] = await isolated(chain, () => fillsInOneTransaction(book, false));
  return {
    "dex.fillCallFirst": first,
    "dex.fillCallNext": next,
    "dex.fillCallFirstFee": firstFee,
    "dex.fillCallNextFee": nextFee,
    "dex.fillCallCold": cold,
    "dex.fillCallColdNext": coldNext,
  };
}

/** Two fills, of two orders of one maker; `warm`: in the transaction that makes the orders. */
async function fillsInOneTransaction(book: Book, warm: boolean): Promise<[Cost, Cost]> {
  const { chain, weth, usdc } = book;
  const maker = await actor(book);
  const taker = await actor(book);
  const newOrder = { target: book.book, data: callData("create", [weth, usdc, ORDER_SIZE, PRICE, NEVER, 0]) };
  await run(book, maker, [newOrder]);

  const fills = [1n, 2n].map((nonce) => ({
    target: book.book,
    data: callData("fill", [orderId(maker, nonce), PART, MAX_PAY]),
  }));
  const creation = { target: maker, data: runData([newOrder, newOrder]) };
  const both = { target: taker, data: runData(fills) };
  const batch = await chain.deploy(book.admin.address, actorContract(book), []);
  if (!warm) await run(book, batch, [creation]);
  const receipt = await run(book, batch, warm ? [creation, both] : [both]);

  const frames = await callsTo(chain, receipt.transactionHash, book.book, FILL);
  const [first, second] = frames.map((frame) => Number(frame.gasUsed));
  if (first === undefined || second === undefined) throw new Error(`${frames.length} fills instead of 2`);
  // peaq charges whole transactions; a call has no figure of its own there.
  return [
    { gas: first, peaq: first },
    { gas: second, peaq: second },
  ];
}

/** A contract account that holds both tokens and has approved the book. */
async function actor(book: Book): Promise<Address> {
  const address = await book.chain.deploy(book.admin.address, actorContract(book), []);
  await mint(book, address);
  await run(book, address, [
    { target: book.weth, data: approval(book.book) },
    { target: book.usdc, data: approval(book.book) },
  ]);
  return address;
}

function actorContract(book: Book) {
  const contract = book.contracts.Actor;
  if (contract === undefined) throw new Error("Actor was not compiled");
  return contract;
}

function run(book: Book, actorAddress: Address, calls: readonly { target: Address; data: Hex }[]) {
  return book.chain.send({ from: book.admin.address, to: actorAddress, data: runData(calls) });
}

function runData(calls: readonly { target: Address; data: Hex }[]): Hex {
  return encodeFunctionData({ abi: actorAbi, functionName: "run", args: [calls] });
}
