import type { Address } from "viem";

import type { Leg } from "../types.ts";
import { permit2Domain } from "./domain.ts";

export interface LegPermitTypedDataParameters {
  readonly chainId: number;
  readonly permit2: Address;
  readonly orderRouter: Address;
  /** The permit is for its `buyToken` and all of its `maxPay`. */
  readonly leg: Pick<Leg, "buyToken" | "maxPay">;
  /** Any Permit2 nonce that the taker has not used. */
  readonly permitNonce: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
}

/** What a taker signs for each leg of `fillOrdersWithPermit2`. */
export function legPermitTypedData(parameters: LegPermitTypedDataParameters) {
  const { orderRouter, leg, permitNonce, deadline } = parameters;
  return {
    domain: permit2Domain(parameters),
    types: {
      PermitTransferFrom: [
        { name: "permitted", type: "TokenPermissions" },
        { name: "spender", type: "address" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
      TokenPermissions: [
        { name: "token", type: "address" },
        { name: "amount", type: "uint256" },
      ],
    },
    primaryType: "PermitTransferFrom",
    message: {
      permitted: { token: leg.buyToken, amount: leg.maxPay },
      spender: orderRouter,
      nonce: permitNonce,
      deadline,
    },
  } as const;
}
