import type { Address, Hex } from "viem";

import type { Client } from "./connect.ts";
import type { LayerZeroDeployment } from "./deployment.ts";

/** One end of a route. */
export interface Side {
  client: Client;
  deployment: LayerZeroDeployment;
}

/** One who works on a route: its key, and its contracts at both ends. */
export interface Worker {
  key: Hex;
  /** Takes the job and the fee. */
  source: Address;
  /** Does the job. */
  destination: Address;
}

/** One direction between two chains, and who works on it here. */
export interface Route {
  source: Side;
  destination: Side;
  verifiers: readonly Worker[];
  executor: Worker | undefined;
  /** Ends all work, between any two requests. */
  signal: AbortSignal;
}
