import type { Deployment } from "@cxmpute/sdk";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Address, getAddress } from "viem";

import { connect, type Connected } from "../../../tasks/lib/connect.ts";
import { hardhatOn } from "./hre.ts";
import { withOutput } from "./output.ts";

export interface DeployedSuite extends Connected {
  hre: HardhatRuntimeEnvironment;
  deployment: Deployment;
  accounts: readonly Address[];
  /** What the deploy task printed. */
  output: string;
}

/** The suite on a fresh simulated chain, deployed by the task as a person would. */
export async function deployedSuite(file: string, network = "peaqSimulated"): Promise<DeployedSuite> {
  const hre = await hardhatOn(network);
  const deploy = (): Promise<Deployment> => hre.tasks.getTask("deploy").run({ out: file }) as Promise<Deployment>;
  const { result, output } = await withOutput(deploy);
  const connected = await connect(hre);
  const accounts = (await connected.connection.provider.request({ method: "eth_accounts" })) as Address[];
  const checksummed = accounts.map((account) => getAddress(account));
  return { ...connected, hre, deployment: result, accounts: checksummed, output };
}
