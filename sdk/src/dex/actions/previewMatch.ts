import type { Address } from "viem";

import { orderMatcherAbi } from "../../abi/orderMatcherAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { MatchOutcome } from "../matchOutcome.ts";

export interface PreviewMatchParameters extends ReadOptions {
  readonly orderMatcher: Address;
  readonly idA: bigint;
  readonly idB: bigint;
}

/** What `matchOrders` would do now; zeroes when it would revert. */
export async function previewMatch(client: ReadClient, parameters: PreviewMatchParameters): Promise<MatchOutcome> {
  const { orderMatcher, idA, idB } = parameters;
  return read(client, {
    address: orderMatcher,
    abi: orderMatcherAbi,
    functionName: "previewMatch",
    args: [idA, idB],
    options: parameters,
  });
}
