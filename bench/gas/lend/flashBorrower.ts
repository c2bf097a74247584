import { type Address, type Hex, encodeFunctionData, parseAbi } from "viem";

import { type Market, mintTo } from "../scenario.ts";
import type { Transaction } from "../chain.ts";

const abi = parseAbi(["function start(address lender, bytes data)"]);

/** Deploys the account that receives flash loans of USDC; it holds enough for their fee. */
export async function deployFlashBorrower(market: Market, lender: Address, answer: Hex): Promise<Address> {
  const contract = market.contracts.FlashBorrower;
  if (contract === undefined) throw new Error("FlashBorrower was not compiled");
  const address = await market.chain.deploy(market.admin.address, contract, [market.usdc, lender, answer]);
  await mintTo(market, market.usdc, address, 1_000_000_000n);
  return address;
}

/** A transaction that has the borrower ask for its loan itself. */
export function startLoan(from: Address, borrower: Address, lender: Address, data: Hex): Transaction {
  return { from, to: borrower, data: encodeFunctionData({ abi, functionName: "start", args: [lender, data] }) };
}
