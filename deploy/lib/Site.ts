import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { HardhatArtifactResolver } from "@nomicfoundation/hardhat-ignition/helpers";
import { type IgnitionModule, listTransactions, TransactionStatus } from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, getAddress, type Hash, type PublicClient } from "viem";

import { forgetOtherChain } from "./forgetOtherChain.ts";
import { mendJournal } from "./mendJournal.ts";
import { withSpareGas } from "./withSpareGas.ts";

export interface SiteParameters {
  hre: HardhatRuntimeEnvironment;
  connection: NetworkConnection;
  client: PublicClient;
  /** On a chain of development a transaction is final in its first block; five are waited for by default. */
  isLocal: boolean;
  /** Shows Ignition's progress. */
  displayUi?: boolean | undefined;
}

export interface DeployedContract {
  name: string;
  address: Address;
  /** False when an earlier run had already put it there. */
  isNew: boolean;
}

/** Ignition's settings where one node is the whole network. */
const LOCAL_CONFIG = { requiredConfirmations: 1, blockPollingInterval: 50 };

/** One chain that is deployed to: runs modules, each with a journal by which an interrupted run goes on. */
export class Site {
  readonly client: PublicClient;
  /** What was deployed or stood already, in the order of the modules. */
  readonly contracts: DeployedContract[] = [];
  /** What became of a transaction that an earlier run was cut off at. */
  readonly notes: string[] = [];
  readonly #site: SiteParameters;

  constructor(site: SiteParameters) {
    this.client = site.client;
    this.#site = site;
  }

  get provider(): NetworkConnection["provider"] {
    return this.#site.connection.provider;
  }

  get isLocal(): boolean {
    return this.#site.isLocal;
  }

  async deployer(): Promise<Address> {
    const [deployer] = (await this.provider.request({ method: "eth_accounts" })) as Address[];
    if (deployer === undefined) throw new Error("the network has no account to deploy from");
    return getAddress(deployer);
  }

  /** Deploys what is not deployed yet of a module. Addresses by the names that it returns them under. */
  async run(id: string, module: IgnitionModule, parameters = {}): Promise<Record<string, Address>> {
    const { hre, connection, client, isLocal, displayUi = false } = this.#site;
    const { provider } = this;
    const journal = this.#journal(id);
    if (this.#isJournalled && isLocal) await forgetOtherChain(client, journal);
    if (this.#isJournalled) this.notes.push(...(await mendJournal({ hre, provider, client, journal })));
    const journalled = new Set(Object.values(this.journalled(id)));
    const results = await withSpareGas(provider, () =>
      connection.ignition.deploy(module, {
        deploymentId: id,
        displayUi,
        ...(isLocal && { config: LOCAL_CONFIG }),
        parameters,
      }),
    );
    const addresses: Record<string, Address> = {};
    for (const [name, contract] of Object.entries(results)) {
      const address = getAddress(await contract.getAddress());
      addresses[name] = address;
      if (!this.contracts.some((known) => known.address === address)) {
        this.contracts.push({ name, address, isNew: !journalled.has(address) });
      }
    }
    return addresses;
  }

  /** Addresses that an earlier run of the same deployment wrote down, by Ignition's ids. */
  journalled(id: string): Record<string, Address> {
    const file = join(this.#journal(id), "deployed_addresses.json");
    if (!this.#isJournalled || !existsSync(file)) return {};
    const addresses = JSON.parse(readFileSync(file, "utf8")) as Record<string, Address>;
    return Object.fromEntries(Object.entries(addresses).map(([name, address]) => [name, getAddress(address)]));
  }

  /** The block of a deployment's first transaction; `started` where no journal is kept. */
  async firstBlock(id: string, started: bigint): Promise<bigint> {
    if (!this.#isJournalled) return started;
    const journal = this.#journal(id);
    const transactions = await listTransactions(journal, new HardhatArtifactResolver(this.#site.hre.artifacts));
    const first = transactions.find((transaction) => transaction.status === TransactionStatus.SUCCESS);
    if (first === undefined) throw new Error(`${journal} tells of no transaction`);
    return (await this.client.getTransactionReceipt({ hash: first.txHash as Hash })).blockNumber;
  }

  /** A simulated chain ends with its process, and Ignition keeps no journal of it. */
  get #isJournalled(): boolean {
    return this.#site.connection.networkConfig.type !== "edr-simulated";
  }

  #journal(id: string): string {
    return join(this.#site.hre.config.paths.ignition, "deployments", id);
  }
}
