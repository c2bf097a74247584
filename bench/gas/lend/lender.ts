import type { Address } from "viem";

import type { Transaction } from "../chain.ts";
import type { Market } from "../scenario.ts";

/** A lending protocol in use, in which USDC is borrowed on WETH. What its rows do is in `measureLender`. */
export interface Lender {
  market: Market;
  /** Transactions that let an account supply USDC and WETH, pay back and liquidate, once. */
  join(account: Address): Promise<void>;
  /** Lends USDC. */
  supply(from: Address, amount: bigint): Transaction;
  /** Takes lent USDC back. */
  withdraw(from: Address, amount: bigint): Transaction;
  /** Brings WETH that counts as collateral. */
  secure(from: Address, amount: bigint): readonly Transaction[];
  borrow(from: Address, amount: bigint): Transaction;
  repay(from: Address, amount: bigint): Transaction;
  /** Repays `amount`, or about as much, of the borrower's USDC and takes WETH for it. */
  liquidate(from: Address, borrower: Address, amount: bigint): Promise<Transaction>;
  /** Lends `amount` USDC to `lender.flashBorrower` for the length of a call. */
  flashLoan(from: Address, amount: bigint): Transaction;
  /** Who receives the flash loan; must hold its fee. */
  flashBorrower: Address;
  /** Lets interest accrue. */
  pass(): Promise<void>;
  /** Sets the price of WETH, in whole USD. */
  setPrice(usd: bigint): Promise<void>;
}
