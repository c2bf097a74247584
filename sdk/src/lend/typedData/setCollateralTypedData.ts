import type { Address } from "viem";

import { poolDomain, type PoolDomainParameters } from "./poolDomain.ts";

export interface SetCollateralTypedDataParameters extends PoolDomainParameters {
  readonly owner: Address;
  readonly on: boolean;
  /** `getPoolNonce(owner)`. */
  readonly nonce: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
}

/** What an owner signs for `setCollateralWithSignature`. */
export function setCollateralTypedData(parameters: SetCollateralTypedDataParameters) {
  const { owner, on, nonce, deadline } = parameters;
  return {
    domain: poolDomain(parameters),
    types: {
      SetCollateral: [
        { name: "owner", type: "address" },
        { name: "on", type: "bool" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    },
    primaryType: "SetCollateral",
    message: { owner, on, nonce, deadline },
  } as const;
}
