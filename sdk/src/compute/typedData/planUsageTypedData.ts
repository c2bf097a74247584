import type { Address, Hex } from "viem";

import type { ComputeDomain } from "../types.ts";
import { computeDomain } from "./domain.ts";

/** What a subscriber or its signer signs about usage within a plan: totals of a period, which only grow. */
export interface PlanUsageStatement {
  readonly subscriber: Address;
  readonly period: bigint;
  readonly collectionId: Hex;
  readonly listValue: bigint;
  readonly bucketTokens: bigint;
  readonly timestamp: bigint;
  readonly usageRoot: Hex;
}

/** What a subscriber or its signer signs about usage within a plan: totals of a period, which only grow. The contract is the SubscriptionManager. */
export function planUsageTypedData(domain: ComputeDomain, usage: PlanUsageStatement) {
  return {
    domain: computeDomain("cxmpute plans", domain),
    types: {
      PlanUsage: [
        { name: "subscriber", type: "address" },
        { name: "period", type: "uint256" },
        { name: "collectionId", type: "bytes32" },
        { name: "listValue", type: "uint128" },
        { name: "bucketTokens", type: "uint64" },
        { name: "timestamp", type: "uint64" },
        { name: "usageRoot", type: "bytes32" },
      ],
    },
    primaryType: "PlanUsage",
    message: usage,
  } as const;
}
