import type { Chain, Transaction } from "./chain.ts";
import { peaqGas, proofSize } from "./proof.ts";
import { touchedBy } from "./trace.ts";

/** What a transaction costs. */
export interface Cost {
  /** Gas of the receipt: intrinsic gas and calldata included, refunds deducted. */
  gas: number;
  /** Gas that peaq would charge. */
  peaq: number;
}

/** Sends a transaction and tells its cost, divided by `parts` and rounded up for an average. */
export async function measure(chain: Chain, transaction: Transaction, parts = 1): Promise<Cost> {
  const receipt = await chain.send(transaction);
  const gas = Number(receipt.gasUsed);
  const peaq = peaqGas(gas, proofSize(await touchedBy(chain, receipt.transactionHash)));
  return { gas: Math.ceil(gas / parts), peaq: Math.ceil(peaq / parts) };
}
