import { type Address, zeroAddress } from "viem";

import { orderMatcherAbi } from "../../abi/orderMatcherAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import type { MatchOutcome } from "../matchOutcome.ts";

export interface MatchOrdersParameters extends WriteOptions {
  readonly orderMatcher: Address;
  /** An order that sells X for Y. */
  readonly idA: bigint;
  /** An order that sells Y for X. */
  readonly idB: bigint;
  /** Who receives the surplus in both tokens; the sender unless said. */
  readonly recipient?: Address | undefined;
  /** Least surplus in X; none unless said. */
  readonly minSurplusA?: bigint | undefined;
  /** Least surplus in Y; none unless said. */
  readonly minSurplusB?: bigint | undefined;
}

/** Settles two crossing orders against each other; what is left over is the recipient's. */
export async function matchOrders(client: WriteClient, parameters: MatchOrdersParameters): Promise<Sent<MatchOutcome>> {
  const { orderMatcher, idA, idB, recipient = zeroAddress, minSurplusA = 0n, minSurplusB = 0n } = parameters;
  return write(client, {
    address: orderMatcher,
    abi: orderMatcherAbi,
    functionName: "matchOrders",
    args: [idA, idB, recipient, minSurplusA, minSurplusB],
    options: parameters,
  });
}
