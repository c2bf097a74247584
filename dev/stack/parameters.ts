import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { LayerZeroDeployment } from "../layerzero/deployment.ts";
import type { NetworkPair } from "../layerzero/network.ts";
import { CONFIRMATIONS } from "./layerzero.ts";
import { ROOT } from "./paths.ts";

/** What the deploy task is told of two local chains: the parameter files of both. */
export function localParameters([ethereum, peaq]: NetworkPair): { peaq: object; ethereum: object } {
  const common = JSON.parse(readFileSync(join(ROOT, "deploy/parameters/local.json"), "utf8")) as object;
  const [from, to] = [ethereum.deployment, peaq.deployment];
  const path = ({ endpoint, verifiers }: LayerZeroDeployment, library: string, remoteEid: number) => ({
    endpoint,
    library,
    remoteEid,
    confirmations: CONFIRMATIONS,
    requiredDVNs: verifiers,
  });
  return {
    peaq: { ...common, Oracle: path(to, to.receiveLibrary, from.eid) },
    ethereum: { Sender: { ...path(from, from.sendLibrary, to.eid), executor: from.executor } },
  };
}
