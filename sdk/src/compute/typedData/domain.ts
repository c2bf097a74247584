import type { ComputeDomain } from "../types.ts";

/** EIP-712 domain of one of the marketplace's contracts. */
export function computeDomain<Name extends string>(name: Name, { chainId, contract }: ComputeDomain) {
  return { name, version: "1", chainId, verifyingContract: contract } as const;
}
