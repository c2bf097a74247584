import type { Address } from "viem";

import type { ComputeDomain } from "../types.ts";
import { computeDomain } from "./domain.ts";

/** What a key signs to become a payer's signer. */
export interface SignerProof {
  readonly payer: Address;
  readonly signer: Address;
  readonly deadline: bigint;
}

/**
 * What a key signs to become a payer's signer.
 * The contract is the VoucherCollector: the SignerRegistry answers at its address.
 */
export function signerProofTypedData(domain: ComputeDomain, proof: SignerProof) {
  return {
    domain: computeDomain("cxmpute signers", domain),
    types: {
      SignerProof: [
        { name: "payer", type: "address" },
        { name: "signer", type: "address" },
        { name: "deadline", type: "uint64" },
      ],
    },
    primaryType: "SignerProof",
    message: proof,
  } as const;
}
