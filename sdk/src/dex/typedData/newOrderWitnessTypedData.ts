import type { Address } from "viem";

import type { NewOrder } from "../types.ts";
import { permit2Domain } from "./domain.ts";

export interface NewOrderWitnessTypedDataParameters {
  readonly chainId: number;
  readonly permit2: Address;
  readonly orderNFT: Address;
  readonly order: NewOrder;
  /** Any Permit2 nonce that the maker has not used. */
  readonly permitNonce: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
}

/** What a maker signs for `createOrderWithPermit2`: the payment through Permit2, bound to all terms of the order. */
export function newOrderWitnessTypedData(parameters: NewOrderWitnessTypedDataParameters) {
  const { orderNFT, order, permitNonce, deadline } = parameters;
  return {
    domain: permit2Domain(parameters),
    types: {
      PermitWitnessTransferFrom: [
        { name: "permitted", type: "TokenPermissions" },
        { name: "spender", type: "address" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
        { name: "witness", type: "NewOrder" },
      ],
      NewOrder: [
        { name: "maker", type: "address" },
        { name: "sellToken", type: "address" },
        { name: "buyToken", type: "address" },
        { name: "sellAmount", type: "uint256" },
        { name: "price", type: "uint80" },
        { name: "expiry", type: "uint32" },
        { name: "terms", type: "uint16" },
        { name: "privateTaker", type: "address" },
        { name: "releaseStart", type: "uint40" },
        { name: "releaseEnd", type: "uint40" },
      ],
      TokenPermissions: [
        { name: "token", type: "address" },
        { name: "amount", type: "uint256" },
      ],
    },
    primaryType: "PermitWitnessTransferFrom",
    message: {
      permitted: { token: order.sellToken, amount: order.sellAmount },
      spender: orderNFT,
      nonce: permitNonce,
      deadline,
      witness: order,
    },
  } as const;
}
