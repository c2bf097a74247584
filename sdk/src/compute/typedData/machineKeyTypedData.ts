import type { Address } from "viem";

import type { ComputeDomain } from "../types.ts";
import { computeDomain } from "./domain.ts";

/** What a machine key signs to belong to a provision. */
export interface MachineKeyStatement {
  readonly provider: Address;
  readonly index: number;
  readonly machineKey: Address;
  readonly deadline: bigint;
}

/** What a machine key signs to belong to a provision. The contract is the ProvisionRegistry. */
export function machineKeyTypedData(domain: ComputeDomain, proof: MachineKeyStatement) {
  return {
    domain: computeDomain("cxmpute provisions", domain),
    types: {
      MachineKey: [
        { name: "provider", type: "address" },
        { name: "index", type: "uint32" },
        { name: "machineKey", type: "address" },
        { name: "deadline", type: "uint64" },
      ],
    },
    primaryType: "MachineKey",
    message: proof,
  } as const;
}
