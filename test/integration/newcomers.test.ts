import { expect } from "chai";
import { readFileSync } from "node:fs";

import { readDeployment } from "../../deploy/lib/deploymentFile.ts";
import { temporaryFolder } from "./support/files.ts";
import { failureOf, withOutput } from "./support/output.ts";
import { forgetJournals, type TwoChains, twoChains } from "./support/twoChains.ts";

/** What the first deployment knows of; WETH and its feed come later. */
const FIRST_FEEDS = ["USDC / USD", "PEAQ / USD"];

/** Two chains with LayerZero between them take their time. */
const DEPLOYMENT_MS = 300_000;

describe("a suite whose roles are given out", () => {
  const files = temporaryFolder();
  const deploymentId = `local-test-newcomers-${process.pid}`;
  let chains: TwoChains;

  before(async function () {
    this.timeout(DEPLOYMENT_MS);
    chains = await twoChains(files.path);
    await deploy(parametersWith(FIRST_FEEDS));
  });

  after(async () => {
    forgetJournals(chains.hre, deploymentId);
    await chains.close();
  });

  function parametersWith(feeds: readonly string[] | undefined): string {
    const { Oracle, ...rest } = JSON.parse(readFileSync(chains.parameters, "utf8")) as { Oracle: object };
    return files.write(`${feeds?.length ?? "all"}.json`, { ...rest, Oracle: { ...Oracle, ...(feeds && { feeds }) } });
  }

  function deploy(parameters: string): Promise<unknown> {
    const { ethereumParameters } = chains;
    const args = { parameters, ethereumParameters, deploymentId, out: files.path("deployment.json") };
    return withOutput(() => chains.hre.tasks.getTask("deploy").run(args));
  }

  it("has what it was deployed with", () => {
    const { lend, oracle } = readDeployment(files.path("deployment.json"));
    expect(Object.keys(lend?.pools ?? {})).to.deep.equal(["USDC", "WPEAQ"]);
    expect(Object.keys(oracle?.feeds ?? {})).to.deep.equal(["USDC", "PEAQ"]);
  });

  it("refuses what is new by name, and sends nothing", async () => {
    const [peaq, ethereum] = await heights();
    const failure = await failureOf(() => deploy(parametersWith(undefined)));
    expect(failure).to.include("the feed ETH / USD, a price of WETH");
    expect(failure).to.include("propose it to the timelock, or take it out of the parameters");
    expect(failure).to.not.include("AccessManagedUnauthorized");
    expect(await heights()).to.deep.equal([peaq, ethereum]);
  }).timeout(DEPLOYMENT_MS);

  it("goes through again with what it has", async () => {
    await deploy(parametersWith(FIRST_FEEDS));
  }).timeout(DEPLOYMENT_MS);

  /** How many blocks each chain has: a local node mines one for each transaction. */
  async function heights(): Promise<number[]> {
    const { peaq, ethereum } = chains.rpcUrls;
    return Promise.all(
      [peaq, ethereum].map(async (url) => {
        const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_blockNumber", params: [] });
        const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
        return Number(((await answer.json()) as { result: string }).result);
      }),
    );
  }
});
