import type { Address } from "viem";

import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetPoolAccountParameters extends ReadOptions {
  readonly pool: Address;
  readonly account: Address;
}

/** How an account stands in one pool, with interest up to the block of the read. */
export interface PoolAccount {
  readonly supplyShares: bigint;
  /** Assets that they are worth, rounded down. */
  readonly supplied: bigint;
  readonly isCollateral: boolean;
  readonly debtShares: bigint;
  /** Assets that it owes, rounded up. */
  readonly debt: bigint;
  /** Assets that it could withdraw now. */
  readonly maxWithdraw: bigint;
}

/** How an account stands in one pool. */
export async function getPoolAccount(client: ReadClient, parameters: GetPoolAccountParameters): Promise<PoolAccount> {
  const { pool, account } = parameters;
  const pooled = { address: pool, abi: uTokenAbi, options: parameters } as const;
  const shared = { ...pooled, args: [account] } as const;
  const supplyShares = await read(client, { ...shared, functionName: "balanceOf" });
  const [supplied, isCollateral, debtShares, debt, maxWithdraw] = await Promise.all([
    read(client, { ...pooled, functionName: "convertToAssets", args: [supplyShares] }),
    read(client, { ...shared, functionName: "isCollateral" }),
    read(client, { ...shared, functionName: "debtSharesOf" }),
    read(client, { ...shared, functionName: "debtOf" }),
    read(client, { ...shared, functionName: "maxWithdraw" }),
  ]);
  return { supplyShares, supplied, isCollateral, debtShares, debt, maxWithdraw };
}
