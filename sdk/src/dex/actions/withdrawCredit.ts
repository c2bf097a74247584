import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface WithdrawCreditParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly token: Address;
  readonly to: Address;
}

/** Sends the sender's credit in `token` to `to`. @returns its units, as simulated. */
export async function withdrawCredit(client: WriteClient, parameters: WithdrawCreditParameters): Promise<Sent<bigint>> {
  const { orderNFT, token, to } = parameters;
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "withdrawCredit",
    args: [token, to],
    options: parameters,
  });
}
