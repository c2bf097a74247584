import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Courier } from "../../deploy/lib/Courier.ts";
import { liveCourier, localCourier } from "../../deploy/lib/couriers.ts";
import type { EthereumSide } from "../../deploy/lib/deploySuite.ts";
import type { PathParameters } from "../../deploy/lib/readPath.ts";
import { readSenderParameters, type SenderParameters } from "../../deploy/lib/readSenderParameters.ts";
import { rehearsal } from "../../deploy/lib/rehearsal.ts";
import { Site } from "../../deploy/lib/Site.ts";
import { connect, type Connected } from "./connect.ts";
import { TaskError } from "./TaskError.ts";

export interface EthereumArguments {
  deploymentId: string | undefined;
  ethereum: string | undefined;
  ethereumParameters: string | undefined;
}

/** Which network's prices each takes. */
const COUNTERPARTS: Record<string, string> = {
  peaq: "ethereum",
  agung: "sepolia",
  local: "localEthereum",
  peaqSimulated: "ethereumDryRun",
  peaqDryRun: "ethereumDryRun",
};
const PARAMETER_FILES: Record<number, string> = { 1: "ethereum.json", 11155111: "sepolia.json" };

/** The name of the Ethereum side of a network. */
export function counterpart(networkName: string, chosen: string | undefined): string {
  const name = chosen ?? COUNTERPARTS[networkName];
  if (name === undefined) throw new TaskError(`no Ethereum side belongs to ${networkName}: name one with --ethereum`);
  return name;
}

/** Connects to the Ethereum side of a suite. */
export async function openEthereum(
  hre: HardhatRuntimeEnvironment,
  peaq: { site: Site; connected: Connected },
  args: EthereumArguments,
): Promise<EthereumSide> {
  const connected = await connect(hre, counterpart(peaq.connected.connection.networkName, args.ethereum));
  if (connected.isLocal !== peaq.connected.isLocal) {
    throw new TaskError(`${connected.connection.networkName} is no counterpart of a network with money, or without`);
  }
  const site = new Site({ hre, ...connected });
  const courier = peaq.connected.isLocal ? localCourier([peaq.site, site]) : liveCourier();
  return side(
    site,
    readSenderParameters(parameterFile(hre, connected.chainId, args)),
    courier,
    args,
    connected.chainId,
  );
}

/** Simulates the Ethereum side, with LayerZero between the two chains. */
export async function rehearseEthereum(
  hre: HardhatRuntimeEnvironment,
  peaq: Site,
  args: EthereumArguments,
): Promise<{ path: PathParameters; ethereum: EthereumSide }> {
  const connected = await connect(hre, counterpart("peaqDryRun", args.ethereum));
  if (!connected.isSimulated) throw new TaskError("a rehearsal takes place on simulated networks only");
  const site = new Site({ hre, ...connected });
  const { path, sender, courier } = await rehearsal(peaq, site);
  return { path, ethereum: side(site, sender, courier, args, connected.chainId) };
}

function side(
  site: Site,
  parameters: SenderParameters,
  courier: Courier,
  { deploymentId }: EthereumArguments,
  chainId: number,
): EthereumSide {
  const id = deploymentId === undefined ? `sender-${chainId}` : `${deploymentId}-sender`;
  return { site, parameters, courier, deploymentId: id };
}

function parameterFile(hre: HardhatRuntimeEnvironment, chainId: number, args: EthereumArguments): string {
  if (args.ethereumParameters !== undefined) return args.ethereumParameters;
  const file = PARAMETER_FILES[chainId];
  if (file === undefined)
    throw new TaskError(`no parameters are known for chain ${chainId}: pass --ethereum-parameters`);
  return join(hre.config.paths.ignition, "parameters", file);
}
