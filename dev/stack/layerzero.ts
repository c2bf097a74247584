import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { deployLayerZero } from "../layerzero/deployLayerZero.ts";
import type { LayerZeroDeployment } from "../layerzero/deployment.ts";
import { EIDS } from "../layerzero/eids.ts";
import type { NetworkPair } from "../layerzero/network.ts";
import { ETHEREUM_PARAMETERS_FILE, PARAMETERS_FILE, ROOT } from "./paths.ts";

/** Blocks, the message's own included. */
const CONFIRMATIONS = 1;

/** Puts LayerZero on both chains, or finds it there, and tells the deploy task where it stands. */
export async function placeLayerZero(ethereumUrl: string, peaqUrl: string): Promise<NetworkPair> {
  const place = (rpcUrl: string, eid: number, remoteEid: number) =>
    deployLayerZero({ rpcUrl, eid, remoteEid, confirmations: CONFIRMATIONS });
  const [ethereum, peaq] = await Promise.all([
    place(ethereumUrl, EIDS.ethereum, EIDS.peaq),
    place(peaqUrl, EIDS.peaq, EIDS.ethereum),
  ]);
  writeParameters(ethereum, peaq);
  return [
    { rpcUrl: ethereumUrl, deployment: ethereum },
    { rpcUrl: peaqUrl, deployment: peaq },
  ];
}

function writeParameters(ethereum: LayerZeroDeployment, peaq: LayerZeroDeployment): void {
  const common = JSON.parse(readFileSync(join(ROOT, "deploy/parameters/local.json"), "utf8")) as object;
  const path = ({ endpoint, verifiers }: LayerZeroDeployment, library: string, remoteEid: number) => ({
    endpoint,
    library,
    remoteEid,
    confirmations: CONFIRMATIONS,
    requiredDVNs: verifiers,
  });
  const write = (file: string, value: object): void => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
  write(PARAMETERS_FILE, { ...common, Oracle: path(peaq, peaq.receiveLibrary, ethereum.eid) });
  write(ETHEREUM_PARAMETERS_FILE, {
    Sender: { ...path(ethereum, ethereum.sendLibrary, peaq.eid), executor: ethereum.executor },
  });
}
