import type { Address, Hex } from "viem";

import type { Price } from "../types.ts";
import { orderNftDomain } from "./domain.ts";

export interface AmendTypedDataParameters {
  readonly chainId: number;
  readonly orderNFT: Address;
  readonly id: bigint;
  readonly newRemaining: bigint;
  readonly newPrice: Price;
  /** `getTermsHash` of the order as the owner sees it. */
  readonly termsHash: Hex;
  /** `getNonces(owner).signature`. */
  readonly nonce: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
}

/** What an order's owner signs for `amendOrderWithSignature`. */
export function amendTypedData(parameters: AmendTypedDataParameters) {
  const { id, newRemaining, newPrice, termsHash, nonce, deadline } = parameters;
  return {
    domain: orderNftDomain(parameters),
    types: {
      Amend: [
        { name: "id", type: "uint256" },
        { name: "newRemaining", type: "uint256" },
        { name: "newPrice", type: "uint80" },
        { name: "termsHash", type: "bytes32" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    },
    primaryType: "Amend",
    message: { id, newRemaining, newPrice, termsHash, nonce, deadline },
  } as const;
}
