import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetNoncesParameters extends ReadOptions {
  readonly orderNFT: Address;
  readonly account: Address;
}

export interface Nonces {
  /** Nonce of the account's next order. */
  readonly next: bigint;
  /** Its orders with a nonce below it, never transferred, are cancelled. */
  readonly epoch: bigint;
  /** Nonce that its next EIP-712 signature for the order book must hold. */
  readonly signature: bigint;
}

/** An account's nonces at the order book. */
export async function getNonces(client: ReadClient, parameters: GetNoncesParameters): Promise<Nonces> {
  const { orderNFT, account } = parameters;
  const shared = { address: orderNFT, abi: orderNftAbi, args: [account], options: parameters } as const;
  const [[next, epoch], signature] = await Promise.all([
    read(client, { ...shared, functionName: "nonces" }),
    read(client, { ...shared, functionName: "signatureNonce" }),
  ]);
  return { next, epoch, signature };
}
