import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import type { LayerZeroDeployment } from "./deployment.ts";

/** A chain that LayerZero stands on. */
export interface LayerZeroNetwork {
  rpcUrl: string;
  deployment: LayerZeroDeployment;
}

/** Two chains between which messages go. */
export type NetworkPair = readonly [LayerZeroNetwork, LayerZeroNetwork];

export function writeNetworks(file: string, networks: NetworkPair): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(networks, null, 2)}\n`);
}

export function readNetworks(file: string): NetworkPair {
  return JSON.parse(readFileSync(file, "utf8")) as NetworkPair;
}
