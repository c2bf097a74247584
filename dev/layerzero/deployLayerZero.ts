import { parseEther } from "viem";

import { layerZeroAccounts, type LayerZeroAccounts } from "./accounts.ts";
import { checkVerifiers } from "./checkVerifiers.ts";
import { type Client, connect } from "./connect.ts";
import type { LayerZeroDeployment } from "./deployment.ts";
import { placeContracts } from "./placeContracts.ts";
import { wirePath } from "./wirePath.ts";

export interface DeployLayerZeroParameters {
  /** A local chain: accounts are funded by its own means. */
  rpcUrl: string;
  /** LayerZero's id of this chain. */
  eid: number;
  /** LayerZero's id of the chain at the other end. */
  remoteEid: number;
  /** Blocks, the message's own included, that verifiers wait for. */
  confirmations?: number;
  accounts?: LayerZeroAccounts;
}

/** Below the first an account is given the second. */
const LEAST_BALANCE = parseEther("10");
const FULL_BALANCE = parseEther("1000");

/**
 * Puts LayerZero's own contracts on a local chain, with two required verifiers and an executor of ours, ready for
 * messages to and from `remoteEid`. What stands already, from an earlier or an interrupted call, is kept.
 *
 * @throws Error when the deployer was used for something else, or what stands is not what was asked for
 */
export async function deployLayerZero(parameters: DeployLayerZeroParameters): Promise<LayerZeroDeployment> {
  const { rpcUrl, eid, remoteEid, confirmations = 1, accounts = layerZeroAccounts() } = parameters;
  const client = connect(rpcUrl);
  await fund(client, accounts);
  const deployment = await placeContracts(client, accounts, eid);
  await wirePath({ client, deployerKey: accounts.deployer.privateKey, deployment, remoteEid, confirmations });
  await checkVerifiers(client, deployment, remoteEid);
  return deployment;
}

async function fund(client: Client, { deployer, verifiers, executor }: LayerZeroAccounts): Promise<void> {
  for (const { address } of [deployer, ...verifiers, executor]) {
    const balance = await client.getBalance({ address });
    if (balance < LEAST_BALANCE) await client.setBalance({ address, value: FULL_BALANCE });
  }
}
