import { parseDeployment } from "@cxmpute/sdk";
import { expect } from "chai";
import type { HardhatUserConfig } from "hardhat/types/config";
import { existsSync, readFileSync } from "node:fs";
import { erc20Abi, getAddress, parseAbi } from "viem";

import { readParameters } from "../../deploy/lib/readParameters.ts";
import { demoTokens } from "../../deploy/parameters.ts";
import { hardhatOn, startNode } from "./support/hre.ts";
import { temporaryFolder } from "./support/files.ts";
import { failureOf, withOutput } from "./support/output.ts";
import { forgetJournals } from "./support/twoChains.ts";
import { type DeployedSuite, deployedSuite } from "./support/suite.ts";

describe("deployment", () => {
  const files = temporaryFolder();

  describe("rehearsal with peaq's chain id and parameters", () => {
    let suite: DeployedSuite;

    before(async () => {
      suite = await deployedSuite(files.path("peaq.json"), "peaqDryRun");
    });

    it("deploys every contract of the suite", async () => {
      expect(suite.chainId).to.equal(3338);
      for (const [name, address] of Object.entries(suite.deployment.contracts)) {
        expect(await suite.client.getCode({ address }), name).to.not.equal(undefined);
      }
    });

    it("writes the deployment file that it returns", () => {
      const written = parseDeployment(readFileSync(files.path("peaq.json"), "utf8"));
      expect(written).to.deep.equal(suite.deployment);
      expect(written.tokens.USDC?.decimals).to.equal(demoTokens.USDC.decimals);
      expect(written.tokens.WPEAQ?.name).to.equal("Wrapped PEAQ");
    });

    it("uses the documented parameters", async () => {
      const { orderNFT, timelock } = suite.deployment.contracts;
      const abi = parseAbi([
        "function takerFee() view returns (uint256)",
        "function feeCollector() view returns (address)",
        "function getMinDelay() view returns (uint256)",
      ]);
      expect(await suite.client.readContract({ address: orderNFT, abi, functionName: "takerFee" })).to.equal(600n);
      expect(await suite.client.readContract({ address: orderNFT, abi, functionName: "feeCollector" })).to.equal(
        timelock,
      );
      expect(await suite.client.readContract({ address: timelock, abi, functionName: "getMinDelay" })).to.equal(
        172_800n,
      );
    });

    it("prints every check as passed", () => {
      expect(suite.output).to.match(/admin of the AccessManager +0x[0-9a-fA-F]{40} +ok/);
      expect(suite.output).to.match(/order book holds the makers' extension +0x[0-9a-fA-F]{40} +ok/);
      expect(suite.output).to.match(/receiver's owner +0x[0-9a-fA-F]{40} +ok/);
      expect(suite.output).to.match(/VerifierCheck of the receiver +2 +ok/);
      expect(suite.output).to.match(/VerifierCheck of the sender +2 +ok/);
      expect(suite.output).to.match(/sender's owner +0x0{40} +ok/);
      expect(suite.output).to.match(/uWETH: caps +4000, 2500 +ok/);
      expect(suite.output).to.not.include("EXPECTED");
    });
  });

  describe("on a live network", () => {
    const AGUNG = 9990;
    const settingsFor = (url: string): HardhatUserConfig => ({
      networks: { agung: { type: "http", chainId: AGUNG, url, accounts: "remote" } },
      ignition: { blockPollingInterval: 20 },
    });
    let node: Awaited<ReturnType<typeof startNode>>;
    let hre: Awaited<ReturnType<typeof hardhatOn>>;
    let tokens: Record<string, string>;
    let accounts: string[];
    const deploymentId = `local-test-live-${process.pid}`;
    const deploy = (args: object): Promise<unknown> => hre.tasks.getTask("deploy").run({ deploymentId, ...args });

    before(async () => {
      node = await startNode(AGUNG);
      hre = await hardhatOn("agung", settingsFor(node.url));
      const connection = await hre.network.getOrCreate();
      accounts = (await connection.ethers.getSigners()).map(({ address }) => address);
      const usdc = await connection.ethers.deployContract("DemoToken", ["USD Coin", "USDC", 6]);
      const wrapped = await connection.ethers.deployContract("WrappedPeaq");
      tokens = { USDC: await usdc.getAddress(), WPEAQ: await wrapped.getAddress() };
    });

    after(async () => {
      await node.close();
      forgetJournals(hre, deploymentId);
    });

    const complete = () => ({
      Access: { governance: accounts[8], guardian: accounts[9] },
      Dex: { wrappedCoin: tokens.WPEAQ },
      Tokens: { USDC: tokens.USDC, WPEAQ: tokens.WPEAQ },
    });

    it("refuses the committed parameters as long as they name no signers", async () => {
      expect(await failureOf(() => deploy({ yes: true }))).to.include(
        "must name Access.governance and Access.guardian",
      );
    });

    it("refuses to deploy without a wrapped coin", async () => {
      const parameters = files.write("no-coin.json", { ...complete(), Dex: {} });
      expect(await failureOf(() => deploy({ parameters, yes: true }))).to.include("must name Dex.wrappedCoin");
    });

    it("refuses a fee above the contract's bound, and a timelock below 48 hours", async () => {
      const fee = files.write("fee.json", { ...complete(), Dex: { wrappedCoin: tokens.WPEAQ, takerFee: 3_001 } });
      expect(await failureOf(() => deploy({ parameters: fee, yes: true }))).to.include("Dex.takerFee is above 3000");
      const access = { ...complete().Access, timelockDelay: 172_799 };
      const delay = files.write("delay.json", { ...complete(), Access: access });
      expect(await failureOf(() => deploy({ parameters: delay, yes: true }))).to.include(
        "timelockDelay is below 172800",
      );
    });

    it("refuses signers that are no contracts, unless told", async () => {
      const parameters = files.write("complete.json", complete());
      expect(await failureOf(() => deploy({ parameters, yes: true }))).to.include("is no contract on this chain");
    });

    it("asks before it deploys, and refuses where nobody can be asked", async () => {
      const parameters = files.write("complete.json", complete());
      expect(await failureOf(() => deploy({ parameters, allowEoa: true }))).to.include("needs --yes");
    });

    it("refuses a token that calls itself otherwise", async () => {
      const parameters = files.write("misnamed.json", { ...complete(), Tokens: { WETH: tokens.USDC } });
      const failure = await failureOf(() => deploy({ parameters, allowEoa: true, yes: true }));
      expect(failure).to.include("calls itself USDC, not WETH");
    });

    it("deploys over the real tokens, none of its own, and warns where Permit2 is absent", async () => {
      const parameters = files.write("complete.json", complete());
      const out = files.path("agung.json");
      const { output } = await withOutput(() => deploy({ parameters, allowEoa: true, yes: true, out }));

      const deployment = parseDeployment(readFileSync(out, "utf8"));
      expect(deployment.chainId).to.equal(AGUNG);
      expect(Object.keys(deployment.tokens).sort()).to.deep.equal(["USDC", "WPEAQ"]);
      expect(deployment.tokens.USDC?.address).to.equal(getAddress(tokens.USDC!));
      expect(output).to.match(/Warning: No Permit2 at 0x000000000022D473030F116dDEE9F6B43aC78BA3/);
      expect(output).to.not.match(/^USDC +0x/m);
    });
  });

  it("keeps no file for a rehearsal that was not asked for one", async () => {
    const hre = await hardhatOn("peaqDryRun");
    const file = `${hre.config.paths.root}/.cxmpute/deployment.json`;
    const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    await withOutput(() => hre.tasks.getTask("deploy").run({}));
    expect(existsSync(file) ? readFileSync(file, "utf8") : undefined).to.equal(before);
  });

  it("answers in JSON when asked to", async () => {
    const hre = await hardhatOn("peaqSimulated");
    const deploy = (): Promise<unknown> =>
      hre.tasks.getTask("deploy").run({ json: true, out: files.path("json.json") });
    const { output, result } = await withOutput(deploy);
    const printed = JSON.parse(output) as { contracts: unknown; checks: { ok: boolean }[]; warnings: string[] };
    expect(printed.contracts).to.deep.equal((result as { contracts: unknown }).contracts);
    expect(printed.checks.length).to.be.greaterThan(20);
    expect(printed.checks.every(({ ok }) => ok)).to.equal(true);
    expect(printed.warnings).to.deep.equal([]);
  });

  it("has demo tokens with the decimals of the real ones", async () => {
    const suite = await deployedSuite(files.path("decimals.json"));
    const decimals = Object.entries(suite.deployment.tokens).map(async ([symbol, { address }]) => [
      symbol,
      await suite.client.readContract({ address, abi: erc20Abi, functionName: "decimals" }),
    ]);
    expect(Object.fromEntries((await Promise.all(decimals)) as [string, number][])).to.deep.equal({
      USDC: 6,
      WETH: 18,
      WPEAQ: 18,
    });
  });
});

describe("parameter files", () => {
  const files = temporaryFolder();
  const address = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";

  it("fall back to the defaults field by field", () => {
    const read = readParameters(files.write("some.json", { Access: { governance: address }, Dex: { takerFee: 500 } }));
    expect(read.governance).to.equal(address);
    expect(read.guardian).to.equal(undefined);
    expect(read.takerFee).to.equal(500n);
    expect(read.timelockDelay).to.equal(172_800n);
  });

  const refused: [what: string, content: unknown, message: string][] = [
    ["a section that no module has", { Acces: {} }, "no module has parameters called Acces"],
    ["a field that its module has not", { Dex: { fee: 600 } }, "Dex has no fee"],
    ["an address that is none", { Access: { governance: "0x12" } }, "Access.governance is no address"],
    ["a token's address that is none", { Tokens: { USDC: "USDC" } }, "Tokens.USDC is no address"],
    ["an amount that is no whole number", { Dex: { takerFee: 0.5 } }, "Dex.takerFee is no count"],
    ["a market that is none", { Lend: { DOGE: {} } }, "Lend knows no market DOGE"],
    ["a market's field that is none", { Lend: { WETH: { cap: 1 } } }, "Lend.WETH has no cap"],
    ["a market's number out of bounds", { Lend: { WETH: { kink: 9_901 } } }, "Lend.WETH.kink is above 9900"],
    ["a factor above its threshold", { Lend: { WETH: { collateralFactor: 8_001 } } }, "above its threshold of 8000"],
    ["more to borrow than to supply", { Lend: { WETH: { supplyCap: 1 } } }, "borrowCap is above its supplyCap of 1"],
    ["a flash fee above the contract's", { Lend: { flashFee: 901 } }, "Lend.flashFee is above 900"],
    ["an unknown feed", { Oracle: { endpoint: address, library: address, remoteEid: 1, feeds: ["X"] } }, 'names "X"'],
    ["a verifier named twice", { Oracle: { requiredDVNs: [address, address] } }, "names one address twice"],
    ["an amount below zero", { Access: { timelockDelay: -1 } }, "Access.timelockDelay is no count"],
  ];
  for (const [what, content, message] of refused) {
    it(`refuse ${what}`, () => {
      const file = files.write("bad.json", content);
      expect(() => readParameters(file)).to.throw(message);
    });
  }

  it("say when they are missing", () => {
    expect(() => readParameters(files.path("absent.json"))).to.throw("there is no parameter file");
  });
});
