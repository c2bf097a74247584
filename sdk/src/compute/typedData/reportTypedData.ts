import type { Hex } from "viem";

import type { ComputeDomain } from "../types.ts";
import { computeDomain } from "./domain.ts";

/** What an attester signs about an epoch. */
export interface ReportStatement {
  readonly epoch: bigint;
  readonly root: Hex;
  readonly dataHash: Hex;
}

/** What an attester signs about an epoch. The contract is the AttestationHub. */
export function reportTypedData(domain: ComputeDomain, report: ReportStatement) {
  return {
    domain: computeDomain("cxmpute attestations", domain),
    types: {
      Report: [
        { name: "epoch", type: "uint64" },
        { name: "root", type: "bytes32" },
        { name: "dataHash", type: "bytes32" },
      ],
    },
    primaryType: "Report",
    message: report,
  } as const;
}
