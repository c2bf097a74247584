import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetPoolNonceParameters extends ReadOptions {
  readonly pool: Address;
  readonly account: Address;
}

/** The nonce that an account's next signature for a pool must hold, a permit of its uTokens included. */
export async function getPoolNonce(client: ReadClient, parameters: GetPoolNonceParameters): Promise<bigint> {
  const { pool, account } = parameters;
  return read(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "nonces",
    args: [account],
    options: parameters,
  });
}
