import { join, relative } from "node:path";
import { createInterface } from "node:readline/promises";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { MAX_TAKER_FEE } from "@cxmpute/sdk";
import { type Address, getAddress, isAddressEqual } from "viem";

import { checkDeployment } from "../../deploy/lib/checkDeployment.ts";
import { checkSender } from "../../deploy/lib/checks/checkSender.ts";
import { type Deployment, writeDeployment } from "../../deploy/lib/deploymentFile.ts";
import {
  type CompleteParameters,
  deploySuite,
  type DeploySuiteReturn,
  type EthereumSide,
} from "../../deploy/lib/deploySuite.ts";
import { DID_ADDRESS, installDid } from "../../deploy/lib/installDid.ts";
import { installPermit2 } from "../../deploy/lib/installPermit2.ts";
import { readParameters } from "../../deploy/lib/readParameters.ts";
import type { PathParameters } from "../../deploy/lib/readPath.ts";
import { Site } from "../../deploy/lib/Site.ts";
import { defaults } from "../../deploy/parameters.ts";
import { act } from "../lib/act.ts";
import { type Connected, connect } from "../lib/connect.ts";
import { type EthereumArguments, openEthereum, rehearseEthereum } from "../lib/ethereumSide.ts";
import { print, printJson, printTable } from "../lib/print.ts";
import { TaskError } from "../lib/TaskError.ts";

interface DeployArguments extends EthereumArguments {
  parameters: string | undefined;
  out: string | undefined;
  yes: boolean;
  allowEoa: boolean;
  json: boolean;
}

const PARAMETER_FILES: Record<number, string> = { 31337: "local.json", 9990: "agung.json", 3338: "peaq.json" };

/** Deploys, prints what it did, compares the chain with the parameters, and writes the deployment file. */
export default act(async (args: DeployArguments, hre): Promise<Deployment> => {
  const say = args.json ? () => undefined : print;
  const connected = await connect(hre);
  const { connection, client, chainId, isLocal, isSimulated } = connected;
  const deploymentId = args.deploymentId ?? `chain-${chainId}`;

  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const site = new Site({ hre, connection, client, isLocal });
  const rehearsed = isSimulated ? await rehearseEthereum(hre, site, args) : undefined;
  const parameters = await completeParameters(args, hre, connected, rehearsed?.path);
  const ethereum = rehearsed?.ethereum ?? (parameters.oracle && (await openEthereum(hre, { site, connected }, args)));
  if (!isLocal) await confirm(connection.networkName, chainId, args.yes);
  if (isLocal && !(await hasCode(connected, parameters.permit2))) {
    await installPermit2(connection.provider, parameters.permit2);
  }
  if (isLocal && !(await hasCode(connected, DID_ADDRESS))) await installDid(hre, connection.provider);

  say(`Deploying to ${connection.networkName}, chain ${chainId}`);
  const withDemoTokens = isLocal && parameters.wrappedCoin === undefined;
  const result = await deploySuite({
    hre,
    connection,
    client,
    parameters,
    deploymentId,
    isLocal,
    withDemoTokens,
    site,
    ethereum,
  }).catch((error: unknown) => {
    throw isLocal && (error as Error).message.includes("reconciliation errors")
      ? new TaskError("the contracts or their parameters changed since they were deployed here: start a new chain")
      : error;
  });
  for (const note of result.notes) say(note);
  const checks = [
    ...(await checkDeployment(client, parameters, result)),
    ...(await checkEthereum(parameters, result, ethereum)),
  ];
  const failed = checks.filter((check) => !check.ok);
  const warnings: string[] = [];
  if (!(await hasCode(connected, parameters.permit2))) {
    warnings.push(
      `No Permit2 at ${parameters.permit2}: creations and fills through Permit2 will revert on this chain.`,
    );
  }
  if (parameters.oracle === undefined) {
    warnings.push("The parameters have no Oracle section: neither oracle nor lending is deployed.");
  }
  if (parameters.compute === undefined) {
    warnings.push("The parameters have no Compute section: the compute marketplace is not deployed.");
  }

  const out =
    args.out ??
    (isLocal
      ? join(hre.config.paths.root, ".cxmpute/deployment.json")
      : join(hre.config.paths.ignition, "deployments", deploymentId, "suite.json"));
  const isWritten = failed.length === 0 && !(isSimulated && args.out === undefined);
  if (isWritten) writeDeployment(out, result.deployment);

  const created = [...result.contracts, ...(ethereum?.site.contracts ?? [])];
  if (args.json) {
    printJson({ ...result.deployment, deployer: result.deployer, created, checks, warnings });
  } else {
    print();
    printTable(
      ["contract", "address", "state"],
      created.map(({ name, address, isNew }) => [name, address, isNew ? "deployed" : "stood already"]),
    );
    print();
    printTable(
      ["check", "on chain", ""],
      checks.map(({ what, expected, actual, ok }) => [what, actual, ok ? "ok" : `EXPECTED ${expected}`]),
    );
    print();
    for (const warning of warnings) print(`Warning: ${warning}`);
    if (isWritten) print(`Wrote ${relative(process.cwd(), out)}`);
  }
  if (failed.length > 0) {
    throw new TaskError(
      `the deployment is not what the parameters say: ${failed.map(({ what, actual }) => `${what} is ${actual}`).join("; ")}`,
    );
  }
  return result.deployment;
});

/** The network's parameters with nothing missing; in a rehearsal, accounts of the chain stand in for the signers. */
async function completeParameters(
  args: DeployArguments,
  hre: HardhatRuntimeEnvironment,
  connected: Connected,
  rehearsed: PathParameters | undefined,
): Promise<CompleteParameters> {
  const { connection, chainId, isLocal, isSimulated } = connected;
  const file = args.parameters ?? defaultFile(hre, chainId);
  const read = readParameters(file, rehearsed);
  const accounts = ((await connection.provider.request({ method: "eth_accounts" })) as Address[]).map((a) =>
    getAddress(a),
  );
  const governance = read.governance ?? (isSimulated ? accounts[8] : undefined);
  const guardian = read.guardian ?? (isSimulated ? accounts[9] : undefined);
  if (governance === undefined || guardian === undefined) {
    throw new TaskError(`${file} must name Access.governance and Access.guardian`);
  }
  if (!isLocal && read.wrappedCoin === undefined) throw new TaskError(`${file} must name Dex.wrappedCoin`);
  if (read.takerFee > BigInt(MAX_TAKER_FEE)) throw new TaskError(`${file}: Dex.takerFee is above ${MAX_TAKER_FEE}`);
  if (!isLocal && read.timelockDelay < defaults.timelockDelay) {
    throw new TaskError(`${file}: Access.timelockDelay is below ${defaults.timelockDelay} seconds`);
  }
  if (isAddressEqual(governance, guardian)) throw new TaskError("governance and guardian must be two accounts");

  for (const [name, address] of Object.entries({ governance, guardian })) {
    if (!isLocal && !args.allowEoa && !(await hasCode(connected, address))) {
      throw new TaskError(`${name} ${address} is no contract on this chain; it should be a Safe (or pass --allow-eoa)`);
    }
  }
  return { ...read, governance, guardian };
}

async function checkEthereum(
  { oracle }: CompleteParameters,
  { sender, deployment }: DeploySuiteReturn,
  ethereum: EthereumSide | undefined,
) {
  const receiver = deployment.oracle?.priceFeedReceiver;
  if (oracle === undefined || sender === undefined || ethereum === undefined || receiver === undefined) return [];
  const { site, parameters } = ethereum;
  return checkSender(site.client, parameters, { sender, receiver, feeds: oracle.feeds });
}

function defaultFile(hre: HardhatRuntimeEnvironment, chainId: number): string {
  const file = PARAMETER_FILES[chainId];
  if (file === undefined) throw new TaskError(`no parameters are known for chain ${chainId}: pass --parameters`);
  return join(hre.config.paths.ignition, "parameters", file);
}

async function hasCode({ client }: Connected, address: Address): Promise<boolean> {
  return (await client.getCode({ address })) !== undefined;
}

async function confirm(network: string, chainId: number, yes: boolean): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new TaskError(`deploying to ${network} needs --yes where nobody can be asked`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Deploy to ${network}, chain ${chainId}? Type its name to go on: `);
  terminal.close();
  if (answer.trim() !== network) throw new TaskError("not confirmed, nothing was deployed");
}
