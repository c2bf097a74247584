import type { Address } from "viem";

export interface PoolDomainParameters {
  readonly chainId: number;
  readonly pool: Address;
  /** The uToken's ERC-20 name. */
  readonly poolName: string;
}

/** EIP-712 domain of a pool. */
export function poolDomain({ chainId, pool, poolName }: PoolDomainParameters) {
  return { name: poolName, version: "1", chainId, verifyingContract: pool } as const;
}
