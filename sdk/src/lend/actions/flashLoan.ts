import type { Address, Hex } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface FlashLoanParameters extends WriteOptions {
  readonly pool: Address;
  /** A contract that answers `onFlashLoan` and has approved the pool for amount and fee. */
  readonly receiver: Address;
  /** The pool's asset. */
  readonly token: Address;
  /** Units. */
  readonly amount: bigint;
  /** Passed on to the receiver; empty unless said. */
  readonly data?: Hex | undefined;
}

/** Lends the pool's asset to a contract for the length of its callback (ERC-3156). */
export async function flashLoan(client: WriteClient, parameters: FlashLoanParameters): Promise<Sent<boolean>> {
  const { pool, receiver, token, amount, data = "0x" } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "flashLoan",
    args: [receiver, token, amount, data],
    options: parameters,
    context: { asset: token },
  });
}
