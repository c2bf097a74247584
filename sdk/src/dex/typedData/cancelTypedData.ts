import type { Address } from "viem";

import { orderNftDomain } from "./domain.ts";

export interface CancelTypedDataParameters {
  readonly chainId: number;
  readonly orderNFT: Address;
  readonly owner: Address;
  readonly ids: readonly bigint[];
  /** `getNonces(owner).signature`. */
  readonly nonce: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
}

/** What an owner of orders signs for `cancelOrdersWithSignature`. */
export function cancelTypedData(parameters: CancelTypedDataParameters) {
  const { owner, ids, nonce, deadline } = parameters;
  return {
    domain: orderNftDomain(parameters),
    types: {
      Cancel: [
        { name: "owner", type: "address" },
        { name: "ids", type: "uint256[]" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    },
    primaryType: "Cancel",
    message: { owner, ids, nonce, deadline },
  } as const;
}
