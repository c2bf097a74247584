import type { ComputeDomain } from "../types.ts";
import { computeDomain } from "./domain.ts";

/** What a machine key signs to say that it runs. */
export interface HeartbeatStatement {
  readonly provisionId: bigint;
  readonly timestamp: bigint;
}

/** What a machine key signs to say that it runs. The contract is the ProvisionRegistry. */
export function heartbeatTypedData(domain: ComputeDomain, heartbeat: HeartbeatStatement) {
  return {
    domain: computeDomain("cxmpute provisions", domain),
    types: {
      Heartbeat: [
        { name: "provisionId", type: "uint256" },
        { name: "timestamp", type: "uint64" },
      ],
    },
    primaryType: "Heartbeat",
    message: heartbeat,
  } as const;
}
