import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { HardhatUserConfig } from "hardhat/types/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { NetworkPair } from "../../../dev/layerzero/network.ts";
import { startWorkers } from "../../../dev/layerzero/startWorkers.ts";
import { placeLayerZero } from "../../../dev/stack/layerzero.ts";
import { localParameters } from "../../../dev/stack/parameters.ts";
import type { RpcUrls } from "../../../dev/stack/seed.ts";
import { hardhatOn, startNode } from "./hre.ts";

export interface TwoChains {
  hre: HardhatRuntimeEnvironment;
  rpcUrls: RpcUrls;
  networks: NetworkPair;
  /** Parameter files of both sides. */
  parameters: string;
  ethereumParameters: string;
  close: () => Promise<void>;
}

const ETHEREUM_CHAIN_ID = 31_338;

/** A "peaq" and an "Ethereum" on loopback with LayerZero and its workers between them, and nothing of ours yet. */
export async function twoChains(folder: (name: string) => string): Promise<TwoChains> {
  const [peaq, ethereum] = [await startNode(), await startNode(ETHEREUM_CHAIN_ID)];
  const rpcUrls = { peaq: peaq.url, ethereum: ethereum.url };
  const networks = await placeLayerZero(rpcUrls);
  const workers = await startWorkers({ networks, pollingInterval: 50 });
  const config: HardhatUserConfig = {
    networks: {
      local: { type: "http", chainId: 31_337, url: peaq.url },
      localEthereum: { type: "http", chainId: ETHEREUM_CHAIN_ID, url: ethereum.url },
    },
  };
  const written = localParameters(networks);
  const [parameters, ethereumParameters] = [folder("peaq-parameters.json"), folder("ethereum-parameters.json")];
  writeFileSync(parameters, JSON.stringify(written.peaq));
  writeFileSync(ethereumParameters, JSON.stringify(written.ethereum));
  return {
    hre: await hardhatOn("local", config),
    rpcUrls,
    networks,
    parameters,
    ethereumParameters,
    close: async () => {
      await workers.stop();
      await peaq.close();
      await ethereum.close();
    },
  };
}

/** Every stage of a deployment has a journal: forgets those of one. */
export function forgetJournals(hre: HardhatRuntimeEnvironment, deploymentId: string): void {
  const stages = ["", "-tokens", "-path", "-lend", "-handover", "-sender", "-sender-aggregators"];
  for (const stage of stages) {
    rmSync(join(hre.config.paths.ignition, "deployments", `${deploymentId}${stage}`), { recursive: true, force: true });
  }
}
