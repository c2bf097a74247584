import { projectCommand } from "../stack/command.ts";
import type { ProcessSpec } from "../stack/process.ts";
import { type NetworkPair, writeNetworks } from "./network.ts";

/** The process of LayerZero's workers, which finds the chains that it serves in `file`. */
export function workersProcess(file: string, networks: NetworkPair): ProcessSpec {
  writeNetworks(file, networks);
  return projectCommand("layerzero", "node", ["dev/layerzero/workers.ts", "--networks", file]);
}
