import { type Address, erc20Abi, maxUint256 } from "viem";

import { type Sent, write, type WriteClient, type WriteOptions } from "../internal/write.ts";

export interface ApproveTokenParameters extends WriteOptions {
  readonly token: Address;
  readonly spender: Address;
  /** Units; unlimited unless said. */
  readonly amount?: bigint | undefined;
}

/** Lets `spender` take the sender's tokens. */
export async function approveToken(client: WriteClient, parameters: ApproveTokenParameters): Promise<Sent<boolean>> {
  const { token, spender, amount = maxUint256 } = parameters;
  return write(client, {
    address: token,
    abi: erc20Abi,
    functionName: "approve",
    args: [spender, amount],
    options: parameters,
  });
}
