import { HardhatArtifactResolver } from "@nomicfoundation/hardhat-ignition/helpers";
import { listTransactions, TransactionStatus } from "@nomicfoundation/ignition-core";
import { lendControllerAbi, priceFeedReceiverAbi, type Deployment } from "@cxmpute/sdk";
import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { connect, type Connected } from "../../tasks/lib/connect.ts";
import { temporaryFolder } from "./support/files.ts";
import { failureOf, withOutput } from "./support/output.ts";
import { forgetJournals, twoChains, type TwoChains } from "./support/twoChains.ts";

const NETWORKS = { peaq: "local", ethereum: "localEthereum" } as const;

type Side = keyof typeof NETWORKS;

/** Where a run is cut off: at the n-th transaction to a chain once the journal of a stage has begun. */
interface Cut {
  side: Side;
  stage: string;
  transaction: number;
  breaks: "before" | "after";
}

describe("interrupted deployment over two chains", () => {
  const files = temporaryFolder();
  const deploymentId = `local-test-lending-${process.pid}`;
  let chains: TwoChains;
  let connections: Record<Side, Connected>;
  let nonces: Record<Side, number>;

  before(async () => {
    chains = await twoChains(files.path);
    connections = {
      peaq: await connect(chains.hre, NETWORKS.peaq),
      ethereum: await connect(chains.hre, NETWORKS.ethereum),
    };
    nonces = { peaq: await nonceOf("peaq"), ethereum: await nonceOf("ethereum") };
  });

  after(async () => {
    forgetJournals(chains.hre, deploymentId);
    await chains.close();
  });

  const journal = (stage: string): string =>
    join(chains.hre.config.paths.ignition, "deployments", `${deploymentId}${stage}`);

  const written = (stage: string): Record<string, string> => {
    const file = join(journal(stage), "deployed_addresses.json");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : {};
  };

  const stages = (): string[] =>
    readdirSync(join(chains.hre.config.paths.ignition, "deployments"))
      .filter((name) => name.startsWith(deploymentId))
      .map((name) => name.slice(deploymentId.length));

  function deploy(): Promise<unknown> {
    const { parameters, ethereumParameters } = chains;
    const out = files.path("deployment.json");
    return chains.hre.tasks.getTask("deploy").run({ deploymentId, parameters, ethereumParameters, out });
  }

  /** Deploys over a line that breaks: before a transaction passes, or before its answer comes back. */
  async function deployUntil({ side, stage, transaction, breaks }: Cut): Promise<string> {
    const { provider } = connections[side].connection;
    const original = provider.request.bind(provider);
    let sent = 0;
    provider.request = async (request): Promise<unknown> => {
      const isCounted = request.method === "eth_sendTransaction" && existsSync(journal(stage));
      if (!isCounted || ++sent < transaction) return original(request);
      if (breaks === "after") await original(request);
      throw new Error("the line is down");
    };
    try {
      return await failureOf(deploy);
    } finally {
      provider.request = original;
    }
  }

  async function nonceOf(side: Side): Promise<number> {
    const { client, connection } = connections[side];
    const [deployer] = (await connection.provider.request({ method: "eth_accounts" })) as `0x${string}`[];
    return client.getTransactionCount({ address: deployer! });
  }

  /** Transactions that the journals of some stages tell of. */
  async function journalled(names: readonly string[]): Promise<number> {
    const resolver = new HardhatArtifactResolver(chains.hre.artifacts);
    const lists = await Promise.all(names.map((stage) => listTransactions(journal(stage), resolver)));
    return lists.flat().filter(({ status }) => status === TransactionStatus.SUCCESS).length;
  }

  const isOnEthereum = (stage: string): boolean => stage.startsWith("-sender");

  it("goes on in the sender's, the path's and lending's stages where it stopped, and sends nothing twice", async () => {
    const cuts: Cut[] = [
      { side: "ethereum", stage: "-sender-aggregators", transaction: 2, breaks: "after" },
      { side: "ethereum", stage: "-sender", transaction: 1, breaks: "before" },
      { side: "ethereum", stage: "-sender", transaction: 2, breaks: "after" },
      { side: "peaq", stage: "-path", transaction: 1, breaks: "before" },
      { side: "peaq", stage: "-path", transaction: 1, breaks: "after" },
      // Once the path stands, what goes to Ethereum are pushes of prices.
      { side: "ethereum", stage: "-path", transaction: 1, breaks: "before" },
      { side: "ethereum", stage: "-path", transaction: 1, breaks: "after" },
      { side: "peaq", stage: "-lend", transaction: 3, breaks: "before" },
      { side: "peaq", stage: "-lend", transaction: 9, breaks: "after" },
      { side: "peaq", stage: "-handover", transaction: 1, breaks: "after" },
    ];
    let known: Record<string, Record<string, string>> = {};
    for (const cut of cuts) {
      const label = `${cut.stage}, transaction ${cut.transaction}, ${cut.breaks}`;
      expect(await deployUntil(cut), label).to.include("the line is down");
      for (const [stage, addresses] of Object.entries(known)) expect(written(stage), label).to.include(addresses);
      known = Object.fromEntries(stages().map((stage) => [stage, written(stage)]));
      expect(existsSync(files.path("deployment.json")), "nothing is written before all stands").to.equal(false);
    }
    const { output } = await withOutput(deploy);
    for (const [stage, addresses] of Object.entries(known)) expect(written(stage)).to.include(addresses);
    expect(output).to.not.include("EXPECTED");

    const onPeaq = await journalled(stages().filter((stage) => !isOnEthereum(stage)));
    expect((await nonceOf("peaq")) - nonces.peaq, "transactions on peaq").to.equal(onPeaq);
    // Pushes are in no journal: one that nobody waited for, then first prices and those that confirm them.
    const onEthereum = await journalled(stages().filter(isOnEthereum));
    expect((await nonceOf("ethereum")) - nonces.ethereum, "transactions on Ethereum").to.equal(onEthereum + 3);
  });

  it("does nothing when all is done", async () => {
    const before = { peaq: await nonceOf("peaq"), ethereum: await nonceOf("ethereum") };
    const { output } = await withOutput(deploy);
    expect(output).to.not.match(/ deployed$/m);
    expect({ peaq: await nonceOf("peaq"), ethereum: await nonceOf("ethereum") }).to.deep.equal(before);
  });

  it("ends with every feed accepted and every market listed once", async () => {
    const { oracle, lend } = JSON.parse(readFileSync(files.path("deployment.json"), "utf8")) as Deployment;
    const { client } = connections.peaq;
    for (const { id } of Object.values(oracle!.feeds)) {
      const read = { address: oracle!.priceFeedReceiver, abi: priceFeedReceiverAbi, args: [BigInt(id)] } as const;
      expect((await client.readContract({ ...read, functionName: "accepted" })).answer > 0n).to.equal(true);
    }
    const count = await client.readContract({
      address: lend!.controller,
      abi: lendControllerAbi,
      functionName: "assetCount",
    });
    expect(count).to.equal(BigInt(Object.keys(lend!.pools).length));
  });
});
