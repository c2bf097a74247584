import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type IgnitionModule, listTransactions, TransactionStatus } from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { HardhatArtifactResolver } from "@nomicfoundation/hardhat-ignition/helpers";
import { type Address, getAddress, type Hash, type PublicClient } from "viem";

import DemoTokens from "../modules/DemoTokens.ts";
import Suite from "../modules/Suite.ts";
import type { Deployment } from "./deploymentFile.ts";
import { describeTokens } from "./describeTokens.ts";
import { forgetOtherChain } from "./forgetOtherChain.ts";
import { mendJournal } from "./mendJournal.ts";
import type { SuiteParameters } from "./readParameters.ts";

/** What is still asked of a network's parameters when a suite is deployed. */
export type CompleteParameters = SuiteParameters & Required<Pick<SuiteParameters, "governance" | "guardian">>;

export interface DeploySuiteParameters {
  hre: HardhatRuntimeEnvironment;
  connection: NetworkConnection;
  client: PublicClient;
  parameters: CompleteParameters;
  /**
   * Names the journal below `deploy/deployments` by which an interrupted deployment goes on. Demo tokens have one of
   * their own beside it, since Ignition takes a journal for failed while another module in it is unfinished.
   */
  deploymentId: string;
  /** Whether to deploy tokens without worth beside the suite. */
  withDemoTokens: boolean;
  /** Shows Ignition's progress. */
  displayUi?: boolean;
  /** On a chain of development a transaction is final in its first block; five are waited for by default. */
  isLocal: boolean;
}

/** Ignition's settings where one node is the whole network. */
const LOCAL_CONFIG = { requiredConfirmations: 1, blockPollingInterval: 50 };

export interface DeployedContract {
  name: string;
  address: Address;
  /** False when an earlier run had already put it there. */
  isNew: boolean;
}

export interface DeploySuiteReturn {
  deployment: Deployment;
  contracts: DeployedContract[];
  deployer: Address;
  orderExtension: Address;
  orderMakerExtension: Address;
  orderDescriptor: Address;
  wrappedCoin: Address;
  /** What became of a transaction that an earlier run was cut off at. */
  notes: string[];
}

/** Deploys what is not deployed yet. */
export async function deploySuite(options: DeploySuiteParameters): Promise<DeploySuiteReturn> {
  const { hre, connection, client, parameters, deploymentId } = options;
  const provider = connection.provider;
  // A simulated chain ends with its process, and Ignition keeps no journal of it.
  const isJournalled = connection.networkConfig.type !== "edr-simulated";
  const folderOf = (id: string): string => join(hre.config.paths.ignition, "deployments", id);
  const [deployer] = (await connection.provider.request({ method: "eth_accounts" })) as Address[];
  if (deployer === undefined) throw new Error("the network has no account to deploy from");
  const startBlock = await client.getBlockNumber();
  const contracts: DeployedContract[] = [];
  const notes: string[] = [];

  const run = async (id: string, module: IgnitionModule, moduleParameters = {}): Promise<Record<string, Address>> => {
    const journal = folderOf(id);
    if (isJournalled && options.isLocal) await forgetOtherChain(client, journal);
    if (isJournalled) notes.push(...(await mendJournal({ hre, provider, client, journal })));
    const journalled = isJournalled ? readJournalled(journal) : new Set();
    const results = await connection.ignition.deploy(module, {
      deploymentId: id,
      displayUi: options.displayUi ?? false,
      ...(options.isLocal && { config: LOCAL_CONFIG }),
      parameters: moduleParameters,
    });
    const addresses: Record<string, Address> = {};
    for (const [name, contract] of Object.entries(results)) {
      const address = getAddress(await contract.getAddress());
      addresses[name] = address;
      contracts.push({ name, address, isNew: !journalled.has(address) });
    }
    return addresses;
  };

  const tokens = { ...parameters.tokens };
  if (options.withDemoTokens) Object.assign(tokens, await run(`${deploymentId}-tokens`, DemoTokens));
  const wrappedCoin = parameters.wrappedCoin ?? tokens.WPEAQ;
  if (wrappedCoin === undefined) throw new Error("the parameters name no wrapped coin: set Dex.wrappedCoin");

  const suite = await run(deploymentId, Suite, {
    Access: {
      governance: parameters.governance,
      guardian: parameters.guardian,
      timelockDelay: parameters.timelockDelay,
    },
    Dex: { takerFee: parameters.takerFee, permit2: parameters.permit2, wrappedCoin },
  });

  const addressOf = (name: string): Address => {
    const address = suite[name];
    if (address === undefined) throw new Error(`the suite deploys no ${name}`);
    return address;
  };

  return {
    deployment: {
      chainId: await client.getChainId(),
      startBlock: Number(isJournalled ? await firstBlock(client, hre, folderOf(deploymentId)) : startBlock),
      contracts: {
        orderNFT: addressOf("orderNFT"),
        orderMatcher: addressOf("orderMatcher"),
        orderLens: addressOf("orderLens"),
        orderRouter: addressOf("orderRouter"),
        pairObserver: addressOf("pairObserver"),
        accessManager: addressOf("accessManager"),
        timelock: addressOf("timelock"),
        permit2: parameters.permit2,
      },
      tokens: await describeTokens(client, tokens),
    },
    contracts,
    deployer: getAddress(deployer),
    orderExtension: addressOf("orderExtension"),
    orderMakerExtension: addressOf("orderMakerExtension"),
    orderDescriptor: addressOf("orderDescriptor"),
    wrappedCoin,
    notes,
  };
}

/** The block of a journalled deployment's first transaction. */
async function firstBlock(client: PublicClient, hre: HardhatRuntimeEnvironment, journal: string): Promise<bigint> {
  const transactions = await listTransactions(journal, new HardhatArtifactResolver(hre.artifacts));
  const first = transactions.find((transaction) => transaction.status === TransactionStatus.SUCCESS);
  if (first === undefined) throw new Error(`${journal} tells of no transaction`);
  return (await client.getTransactionReceipt({ hash: first.txHash as Hash })).blockNumber;
}

/** Addresses that an earlier run of the same deployment wrote down. */
function readJournalled(folder: string): Set<Address> {
  const file = join(folder, "deployed_addresses.json");
  if (!existsSync(file)) return new Set();
  const addresses = JSON.parse(readFileSync(file, "utf8")) as Record<string, Address>;
  return new Set(Object.values(addresses).map((address) => getAddress(address)));
}
