import type { ComputeDomain, Receipt } from "../types.ts";
import { computeDomain } from "./domain.ts";

/** What a machine key signs about one request. The contract is the ProvisionRegistry. */
export function receiptTypedData(domain: ComputeDomain, receipt: Receipt) {
  return {
    domain: computeDomain("cxmpute provisions", domain),
    types: {
      Receipt: [
        { name: "provisionId", type: "uint256" },
        { name: "counter", type: "uint64" },
        { name: "requestHash", type: "bytes32" },
        { name: "responseHash", type: "bytes32" },
        { name: "model", type: "bytes32" },
        { name: "inputTokens", type: "uint64" },
        { name: "outputTokens", type: "uint64" },
        { name: "inputPrice", type: "uint64" },
        { name: "outputPrice", type: "uint64" },
        { name: "cost", type: "uint128" },
        { name: "status", type: "uint8" },
        { name: "ttftMs", type: "uint32" },
        { name: "timestamp", type: "uint64" },
      ],
    },
    primaryType: "Receipt",
    message: receipt,
  } as const;
}
