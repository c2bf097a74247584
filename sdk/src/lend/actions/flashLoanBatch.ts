import type { Address, Hex } from "viem";

import { lendControllerAbi } from "../../abi/lendControllerAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface FlashLoanBatchParameters extends WriteOptions {
  readonly controller: Address;
  /** A contract that answers `onBatchFlashLoan` and has approved each pool for amount and fee. */
  readonly receiver: Address;
  readonly loans: readonly { readonly id: number; readonly amount: bigint }[];
  /** Passed on to the receiver; empty unless said. */
  readonly data?: Hex | undefined;
}

/** Lends from several pools to a contract for the length of one callback. */
export async function flashLoanBatch(client: WriteClient, parameters: FlashLoanBatchParameters): Promise<Sent<void>> {
  const { controller, receiver, loans, data = "0x" } = parameters;
  return write(client, {
    address: controller,
    abi: lendControllerAbi,
    functionName: "flashLoanBatch",
    args: [receiver, loans.map(({ id }) => BigInt(id)), loans.map(({ amount }) => amount), data],
    options: parameters,
  });
}
