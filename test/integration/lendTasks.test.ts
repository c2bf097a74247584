import { priceFeedSenderAbi } from "@cxmpute/sdk";
import { expect } from "chai";
import { erc20Abi, parseEther, parseEventLogs, parseUnits } from "viem";

import { connect } from "../../tasks/lib/connect.ts";
import { temporaryFolder } from "./support/files.ts";
import { failureOf, withOutput } from "./support/output.ts";
import { type DeployedSuite, deployedSuite } from "./support/suite.ts";

const SUPPLIER = "1";
const BORROWER = "2";
const STRANGER = "3";
const usdc = (text: string): bigint => parseUnits(text, 6);

interface Market {
  symbol: string;
  supplied: string;
  borrowed: string;
  utilisation: string;
  borrowRate: string;
  price: { low: string; quality: number };
  collateralFactorBps: string;
}

interface Account {
  account: string;
  collateral: string;
  debt: string;
  health: string;
  positions: {
    symbol: string;
    supplied: string;
    debt: string;
    isCollateral: boolean;
    liquidation?: { side: string };
  }[];
}

describe("lending and oracle tasks", () => {
  const files = temporaryFolder();
  let suite: DeployedSuite;

  before(async () => {
    suite = await deployedSuite(files.path("deployment.json"));
    for (const from of [SUPPLIER, BORROWER]) {
      await json("tokens:faucet", { from, token: "USDC,WETH", amount: "50000" });
    }
  });

  function run(name: string, args: Record<string, unknown> = {}): Promise<unknown> {
    return suite.hre.tasks.getTask(name).run({ deployment: files.path("deployment.json"), ...args });
  }

  async function json<T = Record<string, unknown>>(name: string, args: Record<string, unknown> = {}): Promise<T> {
    const { output } = await withOutput(() => run(name, { ...args, json: true }));
    return JSON.parse(output) as T;
  }

  async function text(name: string, args: Record<string, unknown> = {}): Promise<string> {
    return (await withOutput(() => run(name, args))).output;
  }

  async function held(account: string, symbol: string): Promise<bigint> {
    const { address } = suite.deployment.tokens[symbol]!;
    const args = [suite.accounts[Number(account)]!] as const;
    return suite.client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args });
  }

  async function market(symbol: string): Promise<Market> {
    const found = (await json<Market[]>("lend:markets")).find((one) => one.symbol === symbol);
    if (found === undefined) throw new Error(`no market of ${symbol}`);
    return found;
  }

  async function standing(account: string): Promise<Account> {
    const [one] = await json<Account[]>("lend:account", { of: account });
    return one!;
  }

  it("lend:markets shows every pool with a fresh price and nothing in it", async () => {
    const markets = await json<Market[]>("lend:markets");
    expect(markets.map(({ symbol }) => symbol)).to.deep.equal(["USDC", "WETH", "WPEAQ"]);
    for (const { supplied, borrowed, price } of markets) {
      expect([supplied, borrowed, price.quality]).to.deep.equal(["0", "0", 3]);
    }
    expect(await text("lend:markets")).to.match(
      /^uWETH +3,200\.00 +fresh +0 +0 +0\.00 % +0\.00 % +0\.50 % +75 % +80 %/m,
    );
  });

  it("lend:supply takes exactly the amount and gives shares for it", async () => {
    const before = await held(SUPPLIER, "USDC");
    const supplied = await json("lend:supply", { from: SUPPLIER, asset: "USDC", amount: "10000" });
    expect(await held(SUPPLIER, "USDC")).to.equal(before - usdc("10000"));
    expect(supplied).to.include({ owner: suite.accounts[1], assets: usdc("10000").toString(), collateral: false });
    expect((await market("USDC")).supplied).to.equal(usdc("10000").toString());
    const [position] = (await standing(SUPPLIER)).positions;
    expect(position).to.include({ symbol: "USDC", supplied: usdc("10000").toString(), isCollateral: false });
  });

  it("lend:supply switches collateral on when asked to, and supplies for another", async () => {
    const output = await text("lend:supply", { from: BORROWER, asset: "weth", amount: "2", collateral: true });
    expect(output).to.include("Supplied 2 WETH").and.to.include("are collateral");
    const { collateral, positions } = await standing(BORROWER);
    expect(collateral).to.equal(parseEther("6400").toString());
    expect(positions[0]).to.include({ isCollateral: true });
    await json("lend:supply", { from: SUPPLIER, asset: "USDC", amount: "1", receiver: STRANGER });
    expect((await standing(STRANGER)).positions[0]).to.include({ supplied: usdc("1").toString() });
  });

  it("lend:borrow lends up to the collateral factor, and says how the account stands", async () => {
    const before = await held(BORROWER, "USDC");
    const output = await text("lend:borrow", { from: BORROWER, asset: "USDC", amount: "3200" });
    expect(await held(BORROWER, "USDC")).to.equal(before + usdc("3200"));
    // 6400 × 0.8 / 3200
    expect(output).to.match(/has a health of 1\.(6000|5999); below 1/);
    const { debt, positions } = await standing(BORROWER);
    expect(BigInt(debt) >= parseEther("3200")).to.equal(true);
    const collateral = positions.find(({ symbol }) => symbol === "WETH");
    expect(collateral?.liquidation?.side).to.equal("below");
    expect(BigInt((await market("USDC")).borrowRate) > 0n).to.equal(true);
    expect(await text("lend:account", { of: `${SUPPLIER},${BORROWER}` })).to.match(
      /no debt +fresh[^]*below 2,00\d\.\d\d/,
    );
  });

  it("lend:borrow refuses more than the collateral carries, in a sentence", async () => {
    const failure = await failureOf(() => run("lend:borrow", { from: BORROWER, asset: "USDC", amount: "1700" }));
    expect(failure)
      .to.match(/^[A-Z].*\.$/)
      .and.to.not.include("0x");
    expect(await failureOf(() => run("lend:borrow", { from: STRANGER, asset: "WETH", amount: "1" }))).to.match(
      /^[A-Z]/,
    );
  });

  it("lend:withdraw keeps what secures a debt, and gives the rest back", async () => {
    expect(await failureOf(() => run("lend:withdraw", { from: BORROWER, asset: "WETH", amount: "1" }))).to.match(
      /^[A-Z]/,
    );
    const before = await held(BORROWER, "WETH");
    await json("lend:withdraw", { from: BORROWER, asset: "WETH", amount: "0.1" });
    expect(await held(BORROWER, "WETH")).to.equal(before + parseEther("0.1"));
  });

  it("lend:repay pays a part, then another pays all that is left", async () => {
    const part = await json("lend:repay", { from: BORROWER, asset: "USDC", amount: "200" });
    expect(part.assets).to.equal(usdc("200").toString());
    expect(BigInt(part.left as string) > usdc("2999")).to.equal(true);
    const rest = await json("lend:repay", { from: SUPPLIER, asset: "USDC", amount: "all", of: BORROWER });
    expect(rest).to.include({ onBehalf: suite.accounts[2], caller: suite.accounts[1], left: "0" });
    expect((await standing(BORROWER)).debt).to.equal("0");
    expect(await failureOf(() => run("lend:repay", { from: BORROWER, asset: "USDC", amount: "all" }))).to.include(
      "owes nothing",
    );
  });

  it("lend:withdraw takes all out, with the interest that it earned", async () => {
    const before = await held(SUPPLIER, "USDC");
    await json("lend:withdraw", { from: SUPPLIER, asset: "USDC", amount: "all" });
    expect((await held(SUPPLIER, "USDC")) >= before + usdc("10000")).to.equal(true);
    expect((await standing(SUPPLIER)).positions).to.deep.equal([]);
    const again = await failureOf(() => run("lend:withdraw", { from: SUPPLIER, asset: "USDC", amount: "all" }));
    expect(again).to.include("has supplied nothing to uUSDC");
  });

  it("oracle:status shows feeds, prices and the chain's heartbeat", async () => {
    const status = await json<{
      feeds: { name: string; quote: { state: number }; source?: { answer: string } }[];
      prices: { symbol: string; price: { quality: number } }[];
    }>("oracle:status", { ethereum: "ethereumDryRun" });
    expect(status.feeds.map(({ name }) => name)).to.deep.equal(["USDC", "ETH", "PEAQ"]);
    for (const { quote, source } of status.feeds) {
      expect(quote.state).to.equal(2);
      expect(BigInt(source!.answer) > 0n).to.equal(true);
    }
    expect(status.prices.map(({ symbol }) => symbol)).to.deep.equal(["USDC", "WETH", "WPEAQ"]);
    const output = await text("oracle:status");
    expect(output).to.match(/^ETH +2 +fresh +3,200\.00 +\d+ (s|min)/m);
    expect(output).to.match(/last beat is .* old/);
    expect(output).to.not.include("on Ethereum");
  });

  it("oracle:push pays LayerZero and sends the feeds that it is told", async () => {
    const ethereum = await connect(suite.hre, "ethereumDryRun");
    const pushed = await json<{ fee: string; feeds: string[]; transaction: `0x${string}`; guid: string }>(
      "oracle:push",
      {
        feeds: "eth,usdc",
      },
    );
    expect(pushed.feeds).to.deep.equal(["ETH", "USDC"]);
    const receipt = await ethereum.client.getTransactionReceipt({ hash: pushed.transaction });
    const [event] = parseEventLogs({ abi: priceFeedSenderAbi, eventName: "PricesPushed", logs: receipt.logs });
    expect(event?.args.feedIds).to.deep.equal([2n, 1n]);
    expect(event?.args.guid).to.equal(pushed.guid);
    const { value } = await ethereum.client.getTransaction({ hash: pushed.transaction });
    expect(value).to.equal(BigInt(pushed.fee));
    expect(await text("oracle:push")).to.match(/^Pushed USDC, ETH, PEAQ for 0\.\d+ ether$/m);
  });

  const refused: [what: string, task: string, args: Record<string, unknown>, message: string][] = [
    ["a pool that is none", "lend:supply", { asset: "DOGE", amount: "1" }, "there is no pool of DOGE"],
    ["a missing asset", "lend:borrow", { amount: "1" }, "--asset is missing"],
    ["a missing amount", "lend:withdraw", { asset: "USDC" }, "--amount is missing"],
    [
      "an amount finer than the token",
      "lend:supply",
      { asset: "USDC", amount: "0.0000001" },
      "is finer than the token",
    ],
    ["an amount of nothing", "lend:supply", { asset: "USDC", amount: "0" }, "must be more than zero"],
    ["an account that is none", "lend:account", { of: "alice" }, "neither an address nor the index"],
    ["a feed that is none", "oracle:push", { feeds: "DOGE" }, "there is no feed DOGE: one of USDC, ETH, PEAQ"],
    ["another chain's prices", "oracle:status", { ethereum: "peaqSimulated" }, "prices come from chain 1"],
    ["another chain to push from", "oracle:push", { ethereum: "peaqSimulated" }, "prices come from chain 1"],
  ];
  for (const [what, task, args, message] of refused) {
    it(`refuse ${what}`, async () => {
      expect(await failureOf(() => run(task, args))).to.include(message);
    });
  }
});
