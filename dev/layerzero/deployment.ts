import type { Address } from "viem";

/** LayerZero on one chain. */
export interface LayerZeroDeployment {
  /** LayerZero's id of the chain. */
  eid: number;
  endpoint: Address;
  sendLibrary: Address;
  receiveLibrary: Address;
  treasury: Address;
  /** Both are required. Ascending, as LayerZero's configurations take them. */
  verifiers: readonly [Address, Address];
  executor: Address;
}
