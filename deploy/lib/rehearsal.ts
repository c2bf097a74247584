import { custom, parseEther } from "viem";

import { layerZeroAccounts } from "../../dev/layerzero/accounts.ts";
import { checkVerifiers } from "../../dev/layerzero/checkVerifiers.ts";
import { type Client, connectOver } from "../../dev/layerzero/connect.ts";
import type { LayerZeroDeployment } from "../../dev/layerzero/deployment.ts";
import { EIDS } from "../../dev/layerzero/eids.ts";
import { findWorkers } from "../../dev/layerzero/findWorkers.ts";
import { Path } from "../../dev/layerzero/Path.ts";
import { placeContracts } from "../../dev/layerzero/placeContracts.ts";
import { wirePath } from "../../dev/layerzero/wirePath.ts";
import { defaults } from "../parameters.ts";
import type { Courier } from "./Courier.ts";
import { localCourier } from "./couriers.ts";
import type { PathParameters } from "./readPath.ts";
import type { SenderParameters } from "./readSenderParameters.ts";
import type { Site } from "./Site.ts";

/** What a rehearsal has in place of LayerZero's networks. */
export interface Rehearsal {
  path: PathParameters;
  sender: SenderParameters;
  courier: Courier;
}

const CONFIRMATIONS = 1;

/** Puts LayerZero's own contracts on two simulated chains, and carries messages between them in this process. */
export async function rehearsal(peaq: Site, ethereum: Site): Promise<Rehearsal> {
  const to = await place(peaq, EIDS.peaq, EIDS.ethereum);
  const from = await place(ethereum, EIDS.ethereum, EIDS.peaq);
  const { verifiers, executor } = layerZeroAccounts();
  const keys = [...verifiers, executor].map(({ privateKey }) => privateKey);
  const route = {
    source: from,
    destination: to,
    ...(await findWorkers(from, to, keys)),
    signal: new AbortController().signal,
  };
  const said: string[] = [];
  const road = new Path({ route, attempts: 1, retryDelay: 0, onLine: (line) => said.push(line) });
  const carry = async (): Promise<void> => {
    await road.round();
    const failure = said.find((line) => line.includes("failed") || line.includes("stumbled"));
    if (failure !== undefined) throw new Error(`a rehearsed delivery did not succeed: ${failure}`);
  };
  return {
    path: endOf(to.deployment, to.deployment.receiveLibrary, EIDS.ethereum),
    sender: {
      path: endOf(from.deployment, from.deployment.sendLibrary, EIDS.peaq),
      executor: from.deployment.executor,
      maxMessageSize: defaults.maxMessageSize,
      baseGas: defaults.baseGas,
      gasPerFeed: defaults.gasPerFeed,
      aggregators: {},
    },
    courier: localCourier([peaq, ethereum], carry),
  };
}

async function place(
  site: Site,
  eid: number,
  remoteEid: number,
): Promise<{ client: Client; deployment: LayerZeroDeployment }> {
  const accounts = layerZeroAccounts();
  for (const { address } of [accounts.deployer, ...accounts.verifiers, accounts.executor]) {
    const params = [address, `0x${parseEther("1000").toString(16)}`];
    await site.provider.request({ method: "hardhat_setBalance", params });
  }
  const client = connectOver(custom(site.provider, { retryCount: 0 }));
  const deployment = await placeContracts(client, accounts, eid);
  const deployerKey = accounts.deployer.privateKey;
  await wirePath({ client, deployerKey, deployment, remoteEid, confirmations: CONFIRMATIONS });
  await checkVerifiers(client, deployment, remoteEid);
  return { client, deployment };
}

function endOf(
  { endpoint, verifiers }: LayerZeroDeployment,
  library: PathParameters["library"],
  remoteEid: number,
): PathParameters {
  return {
    endpoint,
    library,
    remoteEid,
    confirmations: BigInt(CONFIRMATIONS),
    requiredDVNs: verifiers,
    optionalDVNs: [],
    optionalThreshold: 0,
  };
}
