import { type Address, parseAbi } from "viem";

import { demoTokenAbi, paymentsEscrowAbi } from "../../src/index.ts";
import type { TestChain } from "./chain.ts";
import { deployCompute } from "./deployCompute.ts";

export interface TestPayments {
  readonly usdc: Address;
  readonly escrow: Address;
  /** The signer registry answers at the collector's address. */
  readonly signers: Address;
  readonly collector: Address;
}

const approveAbi = parseAbi(["function approve(address spender, uint256 value) returns (bool)"]);

/** Deploys the marketplace; account 1 has deposited 1,000 USDC. Nobody has stake: all pay is held. */
export async function deployPayments(chain: TestChain): Promise<TestPayments> {
  const { usdc, paymentsEscrow: escrow, voucherCollector: collector } = await deployCompute(chain);
  const payer = chain.wallet(1);
  const amount = 1_000n * 10n ** 6n;
  const mint = { address: usdc, abi: demoTokenAbi, functionName: "mint" } as const;
  await payer.writeContract({ ...mint, args: [payer.account.address, amount] });
  await payer.writeContract({ address: usdc, abi: approveAbi, functionName: "approve", args: [escrow, amount] });
  const deposit = { address: escrow, abi: paymentsEscrowAbi, functionName: "deposit" } as const;
  await payer.writeContract({ ...deposit, args: [payer.account.address, amount] });
  return { usdc, escrow, signers: collector, collector };
}
