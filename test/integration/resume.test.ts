import { expect } from "chai";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Address, createPublicClient, getAddress, http, type PublicClient } from "viem";

import { deploySuite, type DeploySuiteReturn } from "../../deploy/lib/deploySuite.ts";
import { forgetOtherChain } from "../../deploy/lib/forgetOtherChain.ts";
import { readParameters } from "../../deploy/lib/readParameters.ts";
import { hardhatOn, startNode } from "./support/hre.ts";
import { failureOf } from "./support/output.ts";
import { forgetJournals } from "./support/twoChains.ts";

describe("interrupted deployment", () => {
  const close: (() => Promise<void> | void)[] = [];

  after(async () => {
    for (const end of close) await end();
  });

  /** A node, a connection to it, and a deployment that journals. */
  class Site {
    readonly hre: HardhatRuntimeEnvironment;
    readonly connection: NetworkConnection;
    readonly client: PublicClient;
    readonly id: string;

    private constructor(
      hre: HardhatRuntimeEnvironment,
      connection: NetworkConnection,
      client: PublicClient,
      id: string,
    ) {
      this.hre = hre;
      this.connection = connection;
      this.client = client;
      this.id = id;
    }

    static async open(name: string): Promise<Site> {
      const node = await startNode();
      const hre = await hardhatOn("local", { networks: { local: { type: "http", chainId: 31_337, url: node.url } } });
      const client = createPublicClient({ transport: http(node.url), cacheTime: 0 });
      const site = new Site(hre, await hre.network.getOrCreate(), client, `local-test-${name}-${process.pid}`);
      close.push(node.close, () => {
        forgetJournals(hre, site.id);
      });
      return site;
    }

    journal(suffix = ""): string {
      return join(this.hre.config.paths.ignition, "deployments", `${this.id}${suffix}`);
    }

    /** Addresses that are written down so far. */
    written(): Record<string, Address> {
      const files = [this.journal(), this.journal("-tokens")].map((folder) => join(folder, "deployed_addresses.json"));
      const contents = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, "utf8"));
      return Object.assign({}, ...contents.map((text) => JSON.parse(text) as object)) as Record<string, Address>;
    }

    deploy(): Promise<DeploySuiteReturn> {
      const { hre, connection, client, id } = this;
      const read = readParameters(join(hre.config.paths.ignition, "parameters/local.json"));
      const parameters = { ...read, governance: read.governance!, guardian: read.guardian! };
      const shared = { hre, connection, client, parameters };
      return deploySuite({ ...shared, deploymentId: id, isLocal: true, withDemoTokens: true });
    }

    /** Deploys over a line that breaks at the n-th transaction: before it passes, or before its answer comes back. */
    async deployUntil(transaction: number, breaks: "before" | "after"): Promise<string> {
      const { provider } = this.connection;
      const original = provider.request.bind(provider);
      let sent = 0;
      provider.request = async (request): Promise<unknown> => {
        if (request.method !== "eth_sendTransaction" || ++sent < transaction) return original(request);
        if (breaks === "after") await original(request);
        throw new Error("the line is down");
      };
      try {
        return await failureOf(() => this.deploy());
      } finally {
        provider.request = original;
      }
    }

    nonce(account: Address): Promise<number> {
      return this.client.getTransactionCount({ address: account });
    }
  }

  it("goes on where it stopped, however often, and sends nothing twice", async () => {
    const site = await Site.open("resume");
    expect(await site.deployUntil(5, "before")).to.include("the line is down");
    const first = site.written();
    expect(Object.keys(first).length).to.equal(4);
    expect(await site.deployUntil(7, "after")).to.include("the line is down");
    const second = site.written();
    expect(second).to.include(first);
    expect(await site.deployUntil(3, "before")).to.include("the line is down");

    const result = await site.deploy();
    expect(site.written()).to.include(second);
    const kept = result.contracts.filter(({ isNew }) => !isNew).map(({ address }) => address);
    expect(kept).to.include.members(Object.values(second).map((address) => getAddress(address)));

    const whole = await Site.open("whole");
    const { deployer } = await whole.deploy();
    expect(await site.nonce(result.deployer), "transactions in all").to.equal(await whole.nonce(deployer));
  });

  it("says what became of the transaction that it was cut off at", async () => {
    const unsent = await Site.open("unsent");
    await unsent.deployUntil(6, "before");
    expect((await unsent.deploy()).notes.join()).to.match(/had not been sent when the last run ended/);

    const sent = await Site.open("sent");
    await sent.deployUntil(6, "after");
    expect((await sent.deploy()).notes.join()).to.match(/had been sent when the last run ended, in 0x[0-9a-f]{64}/);
  });

  it("waits for a transaction that is not mined yet", async () => {
    const site = await Site.open("pending");
    await site.deployUntil(4, "before");
    const rpc = (method: string, params: unknown[]) => site.connection.provider.request({ method, params });
    await rpc("evm_setAutomine", [false]);
    await site.deployUntil(1, "after");
    expect(await failureOf(() => site.deploy())).to.include("is waiting to be mined, with nonce 3");
    await rpc("evm_setAutomine", [true]);
    await rpc("evm_mine", []);
    expect((await site.deploy()).notes.length).to.equal(1);
  });

  it("does nothing when all is done, and remembers the block that it began in", async () => {
    const site = await Site.open("again");
    const first = await site.deploy();
    const nonce = await site.nonce(first.deployer);
    const again = await site.deploy();
    expect(again.deployment).to.deep.equal(first.deployment);
    expect(again.contracts.every(({ isNew }) => !isNew)).to.equal(true);
    expect(await site.nonce(first.deployer)).to.equal(nonce);
    const { accessManager } = first.deployment.contracts;
    const start = BigInt(first.deployment.startBlock);
    const code = (blockNumber: bigint) => site.client.getCode({ address: accessManager, blockNumber });
    expect(await code(start - 1n)).to.equal(undefined);
    expect(await code(start)).to.not.equal(undefined);
  });

  it("is forgotten when the local chain begins anew, and kept while it goes on", async () => {
    const site = await Site.open("anew");
    await site.deploy();
    await forgetOtherChain(site.client, site.journal());
    expect(existsSync(join(site.journal(), "journal.jsonl"))).to.equal(true);

    await sleep(1_100);
    const anew = await startNode();
    close.push(anew.close);
    await forgetOtherChain(createPublicClient({ transport: http(anew.url) }), site.journal());
    expect(existsSync(join(site.journal(), "journal.jsonl"))).to.equal(false);
  });
});
