import { writeFileSync } from "node:fs";

import { type Deployment, readDeployment } from "../../deploy/lib/deploymentFile.ts";
import {
  catchUpWithClock,
  chainClient,
  type ChainClient,
  chainProcess,
  clock,
  ETHEREUM,
  hasCode,
  resumeClock,
  waitForChain,
} from "./chain.ts";
import { workersProcess } from "../layerzero/workersProcess.ts";
import { PriceDesk } from "../lend/PriceDesk.ts";
import { projectCommand } from "./command.ts";
import { indexerProcess, waitForIndexer } from "./indexer.ts";
import { keepersProcess, waitForKeepers } from "./keepers.ts";
import { placeLayerZero } from "./layerzero.ts";
import type { StartOptions } from "./options.ts";
import {
  DEPLOYMENT_FILE,
  DEPLOYMENT_ID,
  ETHEREUM_PARAMETERS_FILE,
  ETHEREUM_STATE,
  LAYERZERO_FILE,
  PARAMETERS_FILE,
} from "./paths.ts";
import { localParameters } from "./parameters.ts";
import { choosePorts, type Ports } from "./ports.ts";
import { forgetIndex, forgetState, makeFolders } from "./reset.ts";
import { type RpcUrls, seedMarket, tradingProcess } from "./seed.ts";
import { contractsFingerprint } from "./sources.ts";
import { readStamp, type Stamp, writeStamp } from "./stamp.ts";
import { Steps } from "./steps.ts";
import type { ProcessSpec } from "./process.ts";
import type { Supervisor } from "./supervisor.ts";

/** A running stack. */
export interface Stack {
  ports: Ports;
  rpcUrls: RpcUrls;
  deployment: Deployment;
}

const STEPS = 8;
/** Seconds between a new chain's first block and now, which the demo market fills with a history. */
const HISTORY_S = 24 * 3600;

/** Brings everything up, step by step; takes up the last chain where it can. */
export async function bringUp(options: StartOptions, supervisor: Supervisor): Promise<Stack> {
  const last = takeUpState(options);
  const ports = await choosePorts(options.portBase, last?.ports);
  const rpcUrls = { ethereum: `http://127.0.0.1:${ports.ethereum}`, peaq: `http://127.0.0.1:${ports.chain}` };
  const client = chainClient(rpcUrls.peaq);
  const ethereum = chainClient(rpcUrls.ethereum, ETHEREUM);
  const genesisTime = last?.genesisTime ?? clock() - (options.seed ? HISTORY_S : 0);
  const stamp: Stamp = { progress: "deploying", contracts: "", ...last, genesisTime, ports, inUse: true };
  const save = (change: Partial<Stamp>): void => {
    writeStamp(Object.assign(stamp, change));
  };
  const steps = new Steps(STEPS);
  makeFolders();
  save({});

  await steps.run("Contracts", async () => {
    await supervisor.run(projectCommand("build", "hardhat", ["build", "--no-tests"]));
    return "compiled";
  });

  await steps.run("Chains", async () => {
    await supervisor.start(chainProcess(ports.chain, genesisTime));
    await supervisor.start(chainProcess(ports.ethereum, genesisTime, ETHEREUM_STATE, ETHEREUM));
    const lines = [];
    for (const [chain, url] of [
      [client, rpcUrls.peaq],
      [ethereum, rpcUrls.ethereum],
    ] as const) {
      await waitForChain(chain);
      if (last !== undefined) await resumeClock(chain, genesisTime);
      lines.push(`${chain.chain.name} ${url}, block ${await chain.getBlockNumber()}`);
    }
    return lines.join("; ");
  });

  await steps.run("LayerZero", async () => {
    const networks = await placeLayerZero(rpcUrls);
    const parameters = localParameters(networks);
    writeFileSync(PARAMETERS_FILE, JSON.stringify(parameters.peaq, null, 2));
    writeFileSync(ETHEREUM_PARAMETERS_FILE, JSON.stringify(parameters.ethereum, null, 2));
    await supervisor.start(workersProcess(LAYERZERO_FILE, networks));
    return "two verifiers and an executor between the chains";
  });

  await steps.run("Deployment", async () => {
    const contracts = contractsFingerprint();
    if (stamp.progress !== "deploying") return checkKeptDeployment(client, stamp.contracts === contracts);
    await supervisor.run(deployCommand(rpcUrls));
    save({ progress: "deployed", contracts });
    return "deployed on both chains";
  });

  await supervisor.start(indexerProcess(ports));

  await steps.run("Market", async () => {
    if (stamp.progress === "seeded") return "kept from the last start";
    if (!options.seed) return "left empty";
    save({ progress: "seeding" });
    const note = await seedMarket(supervisor, rpcUrls);
    await catchUpWithClock(client);
    await catchUpWithClock(ethereum);
    save({ progress: "seeded" });
    return note;
  });

  await steps.run("Prices", async () => {
    const desk = await PriceDesk.open(rpcUrls, readDeployment(DEPLOYMENT_FILE));
    if (last === undefined && options.seed) return "seeded with the market";
    await desk.answer({});
    await desk.push();
    return "pushed anew";
  });

  await steps.run("Indexer", () => waitForIndexer(ports, client));

  await steps.run("Keepers", async () => {
    await supervisor.start(keepersProcess(ports));
    return waitForKeepers(ports);
  });

  if (options.live && stamp.progress === "seeded") await supervisor.start(tradingProcess(rpcUrls));
  return { ports, rpcUrls, deployment: readDeployment(DEPLOYMENT_FILE) };
}

/** The last start's stamp where its chain can be taken up; otherwise its state is forgotten. */
function takeUpState(options: StartOptions): Stamp | undefined {
  const stamp = readStamp();
  const isHalfDone = stamp?.progress === "deploying" || stamp?.progress === "seeding";
  if (options.fresh || stamp === undefined || isHalfDone) {
    if (isHalfDone && !options.fresh) {
      process.stdout.write("The last start was stopped before it was ready: beginning with a new chain.\n");
    }
    forgetState();
    return undefined;
  }
  // After a crash the chain's last blocks may be missing, and an index of them would never fit again.
  if (stamp.inUse) forgetIndex();
  return stamp;
}

/** Makes sure that the deployment file and the kept chain belong together. */
async function checkKeptDeployment(client: ChainClient, isCurrent: boolean): Promise<string> {
  const { orderNFT } = readDeployment(DEPLOYMENT_FILE).contracts;
  if (!(await hasCode(client, orderNFT))) {
    throw new Error(`The kept chain holds no order book at ${orderNFT}: run "npm start -- --fresh".`);
  }
  if (isCurrent) return "kept from the last start";
  return 'kept from the last start, although the contracts changed since: "npm start -- --fresh" deploys the new ones';
}

function deployCommand({ ethereum, peaq }: RpcUrls): ProcessSpec {
  const args = ["deploy", "--network", "local", "--out", DEPLOYMENT_FILE, "--deployment-id", DEPLOYMENT_ID];
  const parameters = ["--parameters", PARAMETERS_FILE, "--ethereum-parameters", ETHEREUM_PARAMETERS_FILE];
  return projectCommand("deploy", "hardhat", [...args, ...parameters], {
    LOCAL_RPC_URL: peaq,
    LOCAL_ETHEREUM_RPC_URL: ethereum,
  });
}
