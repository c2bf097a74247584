import type { Address } from "viem";

import type { ComputeDomain } from "../types.ts";
import { computeDomain } from "./domain.ts";

/** What a signer signs to reserve more of a payer's funds for a provider. */
export interface RaiseStatement {
  readonly payer: Address;
  readonly provider: Address;
  readonly amount: bigint;
  readonly nonce: bigint;
  readonly deadline: bigint;
}

/**
 * What a signer signs to reserve more of a payer's funds for a provider.
 * The contract is the VoucherCollector: the SignerRegistry answers at its address.
 */
export function raiseTypedData(domain: ComputeDomain, raise: RaiseStatement) {
  return {
    domain: computeDomain("cxmpute signers", domain),
    types: {
      Raise: [
        { name: "payer", type: "address" },
        { name: "provider", type: "address" },
        { name: "amount", type: "uint96" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint64" },
      ],
    },
    primaryType: "Raise",
    message: raise,
  } as const;
}
