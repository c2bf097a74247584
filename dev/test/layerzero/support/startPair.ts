import { deployLayerZero } from "../../../layerzero/deployLayerZero.ts";
import type { LayerZeroDeployment } from "../../../layerzero/deployment.ts";
import { EIDS } from "../../../layerzero/eids.ts";
import type { NetworkPair } from "../../../layerzero/network.ts";
import { freeBase } from "../../support.ts";
import { type LocalChain, startChain } from "./startChain.ts";

export interface End extends LocalChain {
  deployment: LayerZeroDeployment;
}

/** Two chains with LayerZero between them. */
export interface Pair {
  ethereum: End;
  peaq: End;
  networks: NetworkPair;
  stop: () => Promise<void>;
}

const CHAIN_IDS = { ethereum: 1, peaq: 31_337 };

export async function startPair(): Promise<Pair> {
  const port = await freeBase();
  const [ethereum, peaq] = await Promise.all([
    startEnd(port, CHAIN_IDS.ethereum, EIDS.ethereum, EIDS.peaq),
    startEnd(port + 1, CHAIN_IDS.peaq, EIDS.peaq, EIDS.ethereum),
  ]);
  return {
    ethereum,
    peaq,
    networks: [ethereum, peaq],
    async stop() {
      await Promise.all([ethereum.stop(), peaq.stop()]);
    },
  };
}

async function startEnd(port: number, chainId: number, eid: number, remoteEid: number): Promise<End> {
  const chain = await startChain(port, chainId);
  return { ...chain, deployment: await deployLayerZero({ rpcUrl: chain.rpcUrl, eid, remoteEid }) };
}
