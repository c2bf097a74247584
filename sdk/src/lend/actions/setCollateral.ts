import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface SetCollateralParameters extends WriteOptions {
  readonly pool: Address;
  readonly on: boolean;
}

/** Switches the sender's shares in a pool on or off as collateral. */
export async function setCollateral(client: WriteClient, parameters: SetCollateralParameters): Promise<Sent<void>> {
  const { pool, on } = parameters;
  return write(client, {
    address: pool,
    abi: uTokenAbi,
    functionName: "setCollateral",
    args: [on],
    options: parameters,
  });
}
