import type { Address } from "viem";

import { poolDomain, type PoolDomainParameters } from "./poolDomain.ts";

export interface ApproveBorrowTypedDataParameters extends PoolDomainParameters {
  readonly owner: Address;
  readonly delegate: Address;
  /** Units; 2^256 − 1 is no limit. */
  readonly amount: bigint;
  /** `getPoolNonce(owner)`. */
  readonly nonce: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
}

/** What an owner signs for `approveBorrowWithSignature`. */
export function approveBorrowTypedData(parameters: ApproveBorrowTypedDataParameters) {
  const { owner, delegate, amount, nonce, deadline } = parameters;
  return {
    domain: poolDomain(parameters),
    types: {
      ApproveBorrow: [
        { name: "owner", type: "address" },
        { name: "delegate", type: "address" },
        { name: "amount", type: "uint256" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    },
    primaryType: "ApproveBorrow",
    message: { owner, delegate, amount, nonce, deadline },
  } as const;
}
