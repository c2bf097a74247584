import type { Address } from "viem";

import { orderNftDomain } from "./domain.ts";

export interface OrderPermitTypedDataParameters {
  readonly chainId: number;
  readonly orderNFT: Address;
  readonly spender: Address;
  readonly id: bigint;
  /** `getNonces(owner).signature`. */
  readonly nonce: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
}

/** What an order's owner signs for `permitOrder`. */
export function orderPermitTypedData(parameters: OrderPermitTypedDataParameters) {
  const { spender, id, nonce, deadline } = parameters;
  return {
    domain: orderNftDomain(parameters),
    types: {
      Permit: [
        { name: "spender", type: "address" },
        { name: "id", type: "uint256" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    },
    primaryType: "Permit",
    message: { spender, id, nonce, deadline },
  } as const;
}
