import { decodeTerms, NO_EXPIRY } from "@cxmpute/sdk";
import { expect } from "chai";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { erc20Abi, parseEther, parseUnits } from "viem";

import { temporaryFolder } from "./support/files.ts";
import { failureOf, withOutput } from "./support/output.ts";
import { type DeployedSuite, deployedSuite } from "./support/suite.ts";

const MAKER = "1";
const TAKER = "2";
const usdc = (text: string): bigint => parseUnits(text, 6);

describe("tasks", () => {
  const files = temporaryFolder();
  let suite: DeployedSuite;

  before(async () => {
    suite = await deployedSuite(files.path("deployment.json"));
    for (const from of [MAKER, TAKER]) await json("tokens:faucet", { from, token: "USDC,WETH,WPEAQ", amount: "50000" });
  });

  /** Runs a task as the terminal would, without tables. */
  function run(name: string, args: Record<string, unknown> = {}): Promise<unknown> {
    return suite.hre.tasks.getTask(name).run({ deployment: files.path("deployment.json"), ...args });
  }

  /** What a task prints with `--json`. */
  async function json<T = Record<string, unknown>>(name: string, args: Record<string, unknown> = {}): Promise<T> {
    const { output } = await withOutput(() => run(name, { ...args, json: true }));
    return JSON.parse(output) as T;
  }

  async function text(name: string, args: Record<string, unknown> = {}): Promise<string> {
    return (await withOutput(() => run(name, args))).output;
  }

  const create = (args: Record<string, unknown>): Promise<{ id: string; sellAmount: string }> =>
    json("dex:create", { from: MAKER, ...args });

  /** Balances in token units, of an account. */
  async function held(account: string, symbol: string): Promise<bigint> {
    const { address } = suite.deployment.tokens[symbol]!;
    const args = [suite.accounts[Number(account)]!] as const;
    return suite.client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args });
  }

  async function standing(pair = "WETH/USDC"): Promise<{ asks: { id: string }[]; bids: { id: string }[] }> {
    return json("dex:book", { pair, depth: "1000" });
  }

  /** Every order of the pair taken away. */
  async function empty(pair = "WETH/USDC"): Promise<void> {
    const { asks, bids } = await standing(pair);
    const ids = [...asks, ...bids].map(({ id }) => id);
    if (ids.length > 0) await json("dex:cancel", { from: MAKER, id: ids.join(",") });
  }

  describe("tokens", () => {
    it("faucet gives exact amounts, and wraps coins", async () => {
      const before = await held("3", "USDC");
      const given = await json("tokens:faucet", { from: "3", token: "USDC,WPEAQ", amount: "12.345678" });
      expect(given).to.deep.equal([
        { token: "USDC", to: suite.accounts[3], amount: "12345678" },
        { token: "WPEAQ", to: suite.accounts[3], amount: parseEther("12.345678").toString() },
      ]);
      expect(await held("3", "USDC")).to.equal(before + 12_345_678n);
      expect(await held("3", "WPEAQ")).to.equal(parseEther("12.345678"));
    });

    it("faucet gives to another account, by index or address", async () => {
      await json("tokens:faucet", { from: "0", token: "WPEAQ", amount: "1", to: "4" });
      expect(await held("4", "WPEAQ")).to.equal(parseEther("1"));
      await json("tokens:faucet", { from: "0", token: "USDC", amount: "1", to: suite.accounts[4] });
      expect(await held("4", "USDC")).to.equal(usdc("1"));
    });

    it("balances are shown for each account and token", async () => {
      const output = await text("tokens:balances", { of: `4,${suite.accounts[3]}` });
      expect(output).to.match(new RegExp(`${suite.accounts[4]} +coin`));
      expect(output).to.match(/^ +USDC +1 +0 +0$/m);
      expect(output).to.match(/^ +WPEAQ +12\.345678 +0 +0$/m);
    });

    const refused: [what: string, task: string, args: Record<string, unknown>, message: string][] = [
      [
        "an amount finer than the token",
        "tokens:faucet",
        { token: "USDC", amount: "1.0000001" },
        "is finer than the token",
      ],
      ["an unknown token", "tokens:faucet", { token: "DOGE" }, "no token is called DOGE"],
      ["an address without a token", "tokens:faucet", { token: `0x${"12".repeat(20)}` }, "does not answer as a token"],
      ["an account that is not there", "tokens:faucet", { from: "99" }, "is none of the network's"],
      ["an account that is none", "tokens:balances", { of: "alice" }, "neither an address nor the index"],
    ];
    for (const [what, task, args, message] of refused) {
      it(`refuse ${what}`, async () => {
        expect(await failureOf(() => run(task, args))).to.include(message);
      });
    }
  });

  describe("dex:create", () => {
    afterEach(() => empty());

    it("sells the first token, escrowed, at the exact price", async () => {
      const before = await held(MAKER, "WETH");
      const { id } = await create({ amount: "1.5", price: "3000" });
      expect(await held(MAKER, "WETH")).to.equal(before - parseEther("1.5"));
      const order = await json("dex:order", { id });
      expect(order).to.include({
        owner: suite.accounts[1],
        remaining: parseEther("1.5").toString(),
        expiry: NO_EXPIRY,
      });
      expect(await text("dex:order", { id })).to.match(/^price +3000 USDC for one WETH$/m);
    });

    it("buys the first token with the second", async () => {
      const before = await held(MAKER, "USDC");
      const { sellAmount } = await create({ side: "buy", amount: "2", price: "2999.5" });
      expect(sellAmount).to.equal(usdc("5999").toString());
      expect(await held(MAKER, "USDC")).to.equal(before - usdc("5999"));
      const { asks, bids } = await standing();
      expect([asks.length, bids.length]).to.deep.equal([0, 1]);
    });

    it("sets every rare feature", async () => {
      const { id } = await create({
        ...{ amount: "4", price: "3000", expiry: "7d", taker: TAKER, releaseEnd: "1d", minFill: "0.5" },
        exactPayment: true,
      });
      const now = Number((await suite.client.getBlock()).timestamp);
      const order = await json<{ expiry: number; terms: number; privateTaker: string; releaseEnd: number }>(
        "dex:order",
        { id },
      );
      expect(order.expiry).to.be.closeTo(now + 7 * 86_400, 10);
      expect(order.releaseEnd).to.be.closeTo(now + 86_400, 10);
      expect(order.privateTaker).to.equal(suite.accounts[2]);
      const terms = decodeTerms(order.terms);
      expect(terms).to.include({ exactPayment: true, allOrNone: false, private: true, released: true });
      expect(terms.minFill <= parseEther("0.5") && terms.minFill * 2n > parseEther("0.5")).to.equal(true);
    });

    it("makes an order of another account", async () => {
      const { id } = await create({ amount: "1", price: "3000", maker: "5" });
      expect(await json("dex:order", { id })).to.include({ owner: suite.accounts[5] });
      await json("dex:cancel", { from: "5", id });
    });

    it("prints what was made", async () => {
      const output = await text("dex:create", { from: MAKER, amount: "0.25", price: "3000.5" });
      expect(output).to.match(/^Created order \d+$/m);
      expect(output).to.match(/^sells +0\.25 WETH$/m);
      expect(output).to.match(/^price +3000\.5 USDC for one WETH$/m);
    });

    const refused: [what: string, args: Record<string, unknown>, message: string][] = [
      ["no amount", { price: "3000" }, "--amount is missing"],
      ["no price", { amount: "1" }, "--price is missing"],
      ["a price of zero", { amount: "1", price: "0.0" }, "is no price"],
      ["a price in scientific notation", { amount: "1", price: "3e3" }, "is no price"],
      ["an amount of zero", { amount: "0", price: "1" }, "more than zero"],
      ["a negative amount", { amount: "-1", price: "1" }, "is no amount"],
      ["a side that is none", { amount: "1", price: "1", side: "long" }, "--side is buy or sell"],
      ["a pair that is none", { amount: "1", price: "1", pair: "WETH" }, "write it like WETH/USDC"],
      ["a pair of one token", { amount: "1", price: "1", pair: "WETH/weth" }, "needs two tokens"],
      ["an expiry that is none", { amount: "1", price: "1", expiry: "soon" }, "is no time"],
      ["an expiry in the past", { amount: "1", price: "1", expiry: "1000" }, "1970-01-01"],
      ["more than the account has", { amount: "900000", price: "1" }, "WETH"],
      ["observation of a pair that nobody paid for", { amount: "1", price: "1", observed: true }, "observ"],
    ];
    for (const [what, args, message] of refused) {
      it(`refuses ${what}`, async () => {
        expect(await failureOf(() => run("dex:create", { from: MAKER, ...args }))).to.include(message);
      });
    }
  });

  describe("dex:fill", () => {
    afterEach(() => empty());

    it("takes an exact part of one order by its id", async () => {
      const { id } = await create({ amount: "2", price: "3000" });
      const before = { weth: await held(TAKER, "WETH"), maker: await held(MAKER, "USDC") };
      const report = await json("dex:fill", { from: TAKER, id, amount: "0.5" });
      expect(report).to.include({ taken: parseEther("0.5").toString(), fee: parseEther("0.0003").toString() });
      expect(await held(TAKER, "WETH")).to.equal(before.weth + parseEther("0.4997"));
      expect(await held(MAKER, "USDC")).to.equal(before.maker + BigInt(report.paid as string));
      expect(BigInt(report.paid as string) - usdc("1500")).to.be.within(0n, 1n);
    });

    it("takes all of an order unless told otherwise", async () => {
      const { id } = await create({ amount: "0.1", price: "3000" });
      await json("dex:fill", { from: TAKER, id });
      expect(await failureOf(() => run("dex:order", { id }))).to.include("does not exist");
    });

    it("sweeps the cheapest orders first", async () => {
      const [dear, cheap, middle] = await Promise.all([]).then(async () => [
        await create({ amount: "1", price: "3003" }),
        await create({ amount: "1", price: "3001" }),
        await create({ amount: "1", price: "3002" }),
      ]);
      const report = await json<{ orders: string[]; taken: string }>("dex:fill", { from: TAKER, amount: "1.5" });
      expect(report.orders).to.deep.equal([cheap!.id, middle!.id]);
      expect(report.taken).to.equal(parseEther("1.5").toString());
      expect((await standing()).asks.map(({ id }) => id)).to.deep.equal([middle!.id, dear!.id]);
    });

    it("sells an exact amount into the dearest bids", async () => {
      await create({ side: "buy", amount: "1", price: "2990" });
      const { id } = await create({ side: "buy", amount: "1", price: "2995" });
      const before = await held(TAKER, "WETH");
      const report = await json<{ orders: string[]; paid: string }>("dex:fill", {
        from: TAKER,
        side: "sell",
        amount: "0.4",
      });
      expect(report.orders).to.deep.equal([id]);
      // A budget buys whole units of the cheaper token: less than one unit's worth of it stays with the taker.
      expect(parseEther("0.4") - BigInt(report.paid)).to.be.within(0n, 334_000_000n);
      expect(await held(TAKER, "WETH")).to.equal(before - BigInt(report.paid));
    });

    it("keeps to a limit", async () => {
      await create({ amount: "1", price: "3001" });
      await create({ amount: "1", price: "3010" });
      const report = await json("dex:fill", { from: TAKER, amount: "2", limit: "3005" });
      expect(report.taken).to.equal(parseEther("1").toString());
      expect(await failureOf(() => run("dex:fill", { from: TAKER, amount: "1", limit: "3005" }))).to.include(
        "within the limit",
      );
    });

    it("sends what is bought to another account", async () => {
      await create({ amount: "1", price: "3000" });
      const before = await held("6", "WETH");
      await json("dex:fill", { from: TAKER, amount: "1", recipient: "6" });
      expect(await held("6", "WETH")).to.equal(before + parseEther("0.9994"));
    });

    it("fills the whole amount or nothing when asked to", async () => {
      await create({ amount: "1", price: "3000" });
      const args = { from: TAKER, fillOrKill: true };
      expect(await failureOf(() => run("dex:fill", { ...args, amount: "1.1" }))).to.include("the book has only 1 WETH");
      expect(await json("dex:fill", { ...args, amount: "1" })).to.include({ taken: parseEther("1").toString() });
    });

    it("prints what was received and paid", async () => {
      await create({ amount: "1", price: "3000" });
      const output = await text("dex:fill", { from: TAKER, amount: "1" });
      expect(output).to.match(/^Filled 1 order$/m);
      expect(output).to.match(/^received +0\.9994 WETH$/m);
      expect(output).to.match(/^fee +0\.0006 WETH$/m);
      expect(output).to.match(/^paid +3000(\.000001)? USDC$/m);
    });

    it("fills a private order for its taker only", async () => {
      const { id } = await create({ amount: "1", price: "3000", taker: TAKER });
      expect(await failureOf(() => run("dex:fill", { from: "3", id }))).to.include("reserved for another taker");
      expect(await json("dex:fill", { from: TAKER, id })).to.include({ taken: parseEther("1").toString() });
    });

    const refused: [what: string, args: Record<string, unknown>, message: string][] = [
      ["an order that never was", { id: "12345" }, "does not exist"],
      ["an id that is none", { id: "first" }, "is no id"],
      ["a sweep without an amount", {}, "--amount is missing"],
      ["an empty book", { amount: "1" }, "no order sells WETH for USDC"],
      ["a slippage that is no number", { amount: "1", slippage: "1%" }, "basis points"],
      ["fill-or-kill of a sale", { amount: "1", side: "sell", fillOrKill: true }, "goes with --side buy"],
    ];
    for (const [what, args, message] of refused) {
      it(`refuses ${what}`, async () => {
        expect(await failureOf(() => run("dex:fill", { from: TAKER, ...args }))).to.include(message);
      });
    }
  });

  describe("dex:book", () => {
    afterEach(() => empty());

    it("shows asks above bids, the best in the middle, and says when they cross", async () => {
      await create({ amount: "1", price: "3010" });
      await create({ amount: "1", price: "3005" });
      await create({ side: "buy", amount: "1", price: "2990" });
      await create({ side: "buy", amount: "1", price: "2995" });
      const output = await text("dex:book");
      const rows = [...output.matchAll(/^(ask|bid) +(\S+)/gm)].map(([, side, price]) => `${side} ${price}`);
      expect(rows).to.deep.equal(["ask 3010", "ask 3005", "bid 2995", "bid 2990"]);
      expect(output).to.match(/Asks: 2, bids: 2$/m);

      await create({ side: "buy", amount: "1", price: "3006" });
      expect(await text("dex:book")).to.include("the book is crossed");
    });

    it("shows the depth that is asked for, and counts all", async () => {
      for (const price of ["3001", "3002", "3003"]) await create({ amount: "1", price });
      const output = await text("dex:book", { depth: "2" });
      expect([...output.matchAll(/^ask/gm)].length).to.equal(2);
      expect(output).to.include("Asks: 3, bids: 0");
    });

    it("says why an order cannot be filled", async () => {
      await create({ amount: "1", price: "3000", taker: TAKER });
      expect(await text("dex:book")).to.include("is reserved for another taker");
      expect(await text("dex:book", { taker: TAKER })).to.not.include("is reserved for another taker");
    });

    it("refuses a depth that is none", async () => {
      expect(await failureOf(() => run("dex:book", { depth: "0" }))).to.include("--depth is a whole number above zero");
    });
  });

  describe("dex:cancel and dex:amend", () => {
    afterEach(() => empty());

    it("cancel one order and refund it", async () => {
      const { id } = await create({ amount: "1", price: "3000" });
      const before = await held(MAKER, "WETH");
      const report = await json("dex:cancel", { from: MAKER, id });
      expect(report).to.deep.include({ cancelled: [id], refunds: [parseEther("1").toString()] });
      expect(await held(MAKER, "WETH")).to.equal(before + parseEther("1"));
    });

    it("cancel several, passing over those that are gone", async () => {
      const first = await create({ amount: "1", price: "3000" });
      const second = await create({ amount: "2", price: "3000" });
      await json("dex:cancel", { from: MAKER, id: first.id });
      expect(await text("dex:cancel", { from: MAKER, id: `${first.id},${second.id}` })).to.include("Cancelled 1 of 2");
    });

    it("does not cancel another's order", async () => {
      const { id } = await create({ amount: "1", price: "3000" });
      expect(await failureOf(() => run("dex:cancel", { from: TAKER, id }))).to.not.equal("");
      expect((await standing()).asks.length).to.equal(1);
    });

    it("raise the epoch over all orders so far, whose refunds anybody may fetch", async () => {
      const { id } = await create({ amount: "1", price: "3000" });
      const report = await json<{ epoch: string }>("dex:cancel", { from: MAKER, epoch: "all" });
      expect(BigInt(report.epoch)).to.be.greaterThan(0n);
      expect(await text("dex:book")).to.include("was cancelled by its maker's epoch");
      expect(await failureOf(() => run("dex:fill", { from: TAKER, id }))).to.include("epoch");
      const before = await held(MAKER, "WETH");
      await json("dex:cancel", { from: TAKER, id });
      expect(await held(MAKER, "WETH")).to.equal(before + parseEther("1"));
    });

    it("refuse to do both, or nothing", async () => {
      expect(await failureOf(() => run("dex:cancel", { from: MAKER }))).to.include("either --id or --epoch");
      expect(await failureOf(() => run("dex:cancel", { from: MAKER, id: "1", epoch: "all" }))).to.include("either");
      expect(await failureOf(() => run("dex:cancel", { from: MAKER, epoch: "-1" }))).to.include("--epoch is a nonce");
    });

    it("amend price and amount in place", async () => {
      const { id } = await create({ amount: "1", price: "3000" });
      const before = await held(MAKER, "WETH");
      expect(await json("dex:amend", { from: MAKER, id, remaining: "3", price: "3100" })).to.include({ id });
      expect(await held(MAKER, "WETH")).to.equal(before - parseEther("2"));
      const output = await text("dex:order", { id });
      expect(output).to.match(/^sells +3 WETH, 3 of it now$/m);
      expect(output).to.match(/^price +3100 USDC for one WETH$/m);
    });

    it("amend a bid by the price of the pair's first token", async () => {
      const { id } = await create({ side: "buy", amount: "1", price: "3000" });
      await json("dex:amend", { from: MAKER, id, price: "2900" });
      expect(await text("dex:order", { id })).to.match(/^or +2900 USDC for one WETH$/m);
    });

    it("refuse to amend nothing, or an order of another pair", async () => {
      const { id } = await create({ amount: "1", price: "3000" });
      expect(await failureOf(() => run("dex:amend", { from: MAKER, id }))).to.include(
        "give --remaining, --price or both",
      );
      const other = () => run("dex:amend", { from: MAKER, id, price: "1", pair: "WPEAQ/USDC" });
      expect(await failureOf(other)).to.include("is not of WPEAQ/USDC");
    });
  });

  describe("dex:fees", () => {
    it("shows what has accrued, and sweeps it to the timelock", async () => {
      await create({ amount: "1", price: "3000" });
      await json("dex:fees", { sweep: true });
      await json("dex:fill", { from: TAKER, amount: "1" });

      const { address } = suite.deployment.tokens.WETH!;
      const args = [suite.deployment.contracts.timelock] as const;
      const collected = () => suite.client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args });
      const before = await collected();
      const fees = await json<{ takerFee: string; collector: string; accrued: { symbol: string; amount: string }[] }>(
        "dex:fees",
      );
      expect(fees.takerFee).to.equal("600");
      expect(fees.collector).to.equal(suite.deployment.contracts.timelock);
      expect(fees.accrued.find(({ symbol }) => symbol === "WETH")?.amount).to.equal(parseEther("0.0006").toString());

      expect(await json("dex:fees", { sweep: true })).to.deep.include({ swept: ["WETH"] });
      expect(await collected()).to.equal(before + parseEther("0.0006"));
      expect(await text("dex:fees")).to.include("Taker fee 6 bps");
    });
  });

  describe("--indexer", () => {
    let server: Server;
    let url: string;
    let answer: (variables: Record<string, unknown>) => unknown;
    const asked: Record<string, unknown>[] = [];

    before(async () => {
      server = createServer((request, response) => {
        let body = "";
        request.on("data", (chunk: Buffer) => (body += chunk.toString()));
        request.on("end", () => {
          const { variables } = JSON.parse(body) as { variables: Record<string, unknown> };
          asked.push(variables);
          response.end(JSON.stringify(answer(variables)));
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    after(() => server.close());
    afterEach(() => empty());

    it("finds orders page by page, and believes the chain about them", async () => {
      const first = await create({ amount: "1", price: "3000" });
      const second = await create({ amount: "1", price: "3001" });
      const weth = suite.deployment.tokens.WETH!.address.toLowerCase();
      answer = ({ sellToken, after }) => ({
        data: {
          orders:
            sellToken !== weth
              ? { items: [], pageInfo: { hasNextPage: false, endCursor: null } }
              : after === null
                ? { items: [{ id: second.id }, { id: "12345" }], pageInfo: { hasNextPage: true, endCursor: "next" } }
                : { items: [{ id: first.id }], pageInfo: { hasNextPage: false, endCursor: null } },
        },
      });
      const { asks } = await json<{ asks: { id: string }[] }>("dex:book", { indexer: url });
      expect(asks.map(({ id }) => id)).to.deep.equal([first.id, second.id]);
      expect(asked.some(({ after }) => after === "next")).to.equal(true);
    });

    it("says what is wrong with an indexer", async () => {
      answer = () => ({ errors: [{ message: "it is still starting" }] });
      expect(await failureOf(() => run("dex:book", { indexer: url }))).to.include("it is still starting");
      expect(await failureOf(() => run("dex:book", { indexer: "http://127.0.0.1:9" }))).to.include(
        "no indexer answers",
      );
    });
  });

  it("say which deployment file is missing, or of another chain", async () => {
    expect(await failureOf(() => run("dex:book", { deployment: files.path("absent.json") }))).to.include(
      "deploy first",
    );
    const elsewhere = files.write("elsewhere.json", { ...suite.deployment, chainId: 3338 });
    expect(await failureOf(() => run("dex:book", { deployment: elsewhere }))).to.include("is of chain 3338");
  });
});
