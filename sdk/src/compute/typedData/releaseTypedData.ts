import type { Address } from "viem";

import type { ComputeDomain } from "../types.ts";
import { computeDomain } from "./domain.ts";

/** What a provider or its releaser signs to give a reservation back at once. */
export interface ReleaseStatement {
  readonly payer: Address;
  readonly provider: Address;
  readonly amount: bigint;
  readonly nonce: bigint;
  readonly deadline: bigint;
}

/** What a provider or its releaser signs to give a reservation back at once. The contract is the PaymentsEscrow. */
export function releaseTypedData(domain: ComputeDomain, release: ReleaseStatement) {
  return {
    domain: computeDomain("cxmpute escrow", domain),
    types: {
      Release: [
        { name: "payer", type: "address" },
        { name: "provider", type: "address" },
        { name: "amount", type: "uint96" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint64" },
      ],
    },
    primaryType: "Release",
    message: release,
  } as const;
}
