import { type Deployment, readDeployment } from "../../deploy/lib/deploymentFile.ts";
import {
  catchUpWithClock,
  chainClient,
  type ChainClient,
  chainProcess,
  clock,
  hasCode,
  resumeClock,
  waitForChain,
} from "./chain.ts";
import { projectCommand } from "./command.ts";
import { indexerProcess, waitForIndexer } from "./indexer.ts";
import { keepersProcess, waitForKeepers } from "./keepers.ts";
import type { StartOptions } from "./options.ts";
import { DEPLOYMENT_FILE, DEPLOYMENT_ID } from "./paths.ts";
import { choosePorts, type Ports } from "./ports.ts";
import { forgetIndex, forgetState, makeFolders } from "./reset.ts";
import { seedMarket, tradingProcess } from "./seed.ts";
import { contractsFingerprint } from "./sources.ts";
import { readStamp, type Stamp, writeStamp } from "./stamp.ts";
import { Steps } from "./steps.ts";
import type { ProcessSpec } from "./process.ts";
import type { Supervisor } from "./supervisor.ts";

/** A running stack. */
export interface Stack {
  ports: Ports;
  rpcUrl: string;
  deployment: Deployment;
}

const STEPS = 6;
/** Seconds between a new chain's first block and now, which the demo market fills with a history. */
const HISTORY_S = 24 * 3600;

/** Brings everything up, step by step; takes up the last chain where it can. */
export async function bringUp(options: StartOptions, supervisor: Supervisor): Promise<Stack> {
  const last = takeUpState(options);
  const ports = await choosePorts(options.portBase, last?.ports);
  const rpcUrl = `http://127.0.0.1:${ports.chain}`;
  const client = chainClient(rpcUrl);
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

  await steps.run("Chain", async () => {
    await supervisor.start(chainProcess(ports.chain, genesisTime));
    await waitForChain(client);
    if (last !== undefined) await resumeClock(client, genesisTime);
    return `${rpcUrl}, block ${await client.getBlockNumber()}`;
  });

  await steps.run("Deployment", async () => {
    const contracts = contractsFingerprint();
    if (stamp.progress !== "deploying") return checkKeptDeployment(client, stamp.contracts === contracts);
    await supervisor.run(deployCommand(rpcUrl));
    save({ progress: "deployed", contracts });
    return "deployed";
  });

  await supervisor.start(indexerProcess(ports));

  await steps.run("Market", async () => {
    if (stamp.progress === "seeded") return "kept from the last start";
    if (!options.seed) return "left empty";
    save({ progress: "seeding" });
    const note = await seedMarket(supervisor, rpcUrl);
    await catchUpWithClock(client);
    save({ progress: "seeded" });
    return note;
  });

  await steps.run("Indexer", () => waitForIndexer(ports, client));

  await steps.run("Keepers", async () => {
    await supervisor.start(keepersProcess(ports));
    return waitForKeepers(ports);
  });

  if (options.live && stamp.progress === "seeded") await supervisor.start(tradingProcess(rpcUrl));
  return { ports, rpcUrl, deployment: readDeployment(DEPLOYMENT_FILE) };
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

function deployCommand(rpcUrl: string): ProcessSpec {
  const args = ["deploy", "--network", "local", "--out", DEPLOYMENT_FILE, "--deployment-id", DEPLOYMENT_ID];
  return projectCommand("deploy", "hardhat", args, { LOCAL_RPC_URL: rpcUrl });
}
