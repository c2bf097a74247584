import { crossingPairs, decodeTerms, FillStatus, type Order, orderNftAbi, pairObserverAbi } from "@cxmpute/sdk";
import { expect } from "chai";
import { createPublicClient, http, parseEventLogs, type PublicClient } from "viem";

import { readDeployment } from "../../deploy/lib/deploymentFile.ts";
import { seedMarket, type SeededMarket, tradeLive } from "../../dev/seed.ts";
import { openContext } from "../../tasks/lib/context.ts";
import { loadOrders } from "../../tasks/lib/loadOrders.ts";
import { temporaryFolder } from "./support/files.ts";
import { hardhatOn, startNode } from "./support/hre.ts";
import { withOutput } from "./support/output.ts";
import { forgetJournals } from "./support/twoChains.ts";

const STEPS = 6;
const SEED = 7;

describe("demo market", () => {
  const files = temporaryFolder();
  const open: (() => Promise<void> | void)[] = [];

  after(async () => {
    for (const close of open) await close();
  });

  /** A node with the suite on it. */
  async function market(name: string) {
    const node = await startNode();
    open.push(node.close);
    const hre = await hardhatOn("local", { networks: { local: { type: "http", chainId: 31_337, url: node.url } } });
    const file = files.path(`${name}.json`);
    const deploymentId = `local-test-${name}-${process.pid}`;
    await withOutput(() => hre.tasks.getTask("deploy").run({ out: file, deploymentId }));
    open.push(() => {
      forgetJournals(hre, deploymentId);
    });
    const client: PublicClient = createPublicClient({ transport: http(node.url), cacheTime: 0 });
    return { hre, file, client, rpcUrl: node.url, deployment: readDeployment(file) };
  }

  describe("after the seed", () => {
    let seeded: SeededMarket;
    let place: Awaited<ReturnType<typeof market>>;
    const lines: string[] = [];
    let asks: Order[];
    let bids: Order[];

    before(async () => {
      place = await market("seed");
      const { rpcUrl, deployment } = place;
      seeded = await seedMarket({
        rpcUrl,
        deployment,
        seed: SEED,
        steps: STEPS,
        onProgress: (line) => lines.push(line),
      });
      const context = await openContext(place.hre, { deployment: place.file });
      const [weth, usdc] = [deployment.tokens.WETH!.address, deployment.tokens.USDC!.address];
      asks = await loadOrders(context, { sellToken: weth, buyToken: usdc });
      bids = await loadOrders(context, { sellToken: usdc, buyToken: weth });
    });

    it("says that its prices are invented", () => {
      expect(lines[0]).to.equal(`prices are a random walk from seed ${SEED}, not market data`);
    });

    it("has both sides of two pairs, by several makers", () => {
      expect(Object.keys(seeded.orders)).to.deep.equal(["WETH/USDC", "WPEAQ/USDC"]);
      for (const sides of Object.values(seeded.orders)) for (const count of sides) expect(count).to.be.greaterThan(5);
      expect(new Set([...asks, ...bids].map(({ maker }) => maker)).size).to.be.greaterThan(2);
    });

    it("has traded, amended and observed", async () => {
      const { client, deployment } = place;
      const logs = await client.getLogs({ address: deployment.contracts.orderNFT, fromBlock: 0n });
      const names = new Set(parseEventLogs({ abi: orderNftAbi, logs }).map(({ eventName }) => eventName));
      expect([...names]).to.include.members([
        "OrderCreated",
        "OrderFilled",
        "OrderAmended",
        "PrivateTakerSet",
        "ReleaseSet",
      ]);
      const observed = await client.readContract({
        address: deployment.contracts.pairObserver,
        abi: pairObserverAbi,
        functionName: "cardinality",
        args: [deployment.tokens.WETH!.address, deployment.tokens.USDC!.address],
      });
      expect(observed[0]).to.be.greaterThan(1n);
    });

    it("shows an order of every kind", () => {
      const terms = [...asks, ...bids].map((order) => decodeTerms(order.terms));
      const kinds = ["private", "released", "observed", "allOrNone", "exactPayment", "transferred"] as const;
      for (const kind of kinds)
        expect(
          terms.some((decoded) => decoded[kind]),
          kind,
        ).to.equal(true);
      expect(terms.some(({ minFill, allOrNone }) => minFill > 1n && !allOrNone)).to.equal(true);
      expect(asks.some(({ owner, maker }) => owner !== maker)).to.equal(true);
    });

    it("leaves a crossing pair for the matcher, whose surplus pays both fees", async () => {
      const { client, deployment } = place;
      const fillable = [...asks, ...bids].filter(({ status }) => status === FillStatus.Fillable);
      const matches = crossingPairs({
        orders: fillable,
        tokenA: deployment.tokens.WETH!.address,
        tokenB: deployment.tokens.USDC!.address,
        timestamp: (await client.getBlock()).timestamp,
        takerFee: 600n,
      });
      expect(matches.length).to.be.greaterThan(0);
    });

    it("can be seeded again, and traded on until it is stopped", async () => {
      const { rpcUrl, deployment, client } = place;
      await seedMarket({ rpcUrl, deployment, seed: SEED + 1, steps: 1 });
      const before = await client.getBlockNumber();
      const stop = new AbortController();
      const prices: Record<string, number>[] = [];
      await tradeLive({
        rpcUrl,
        deployment,
        seed: SEED,
        interval: 10,
        signal: stop.signal,
        onStep: (step) => {
          prices.push(step);
          if (prices.length === 3) stop.abort();
        },
        onError: (error) => expect.fail(error.message),
      });
      expect(prices.length).to.equal(3);
      expect(await client.getBlockNumber()).to.be.greaterThan(before);
      // It goes on from where the book stands, not from the walk's beginning.
      expect(prices[0]!["WETH/USDC"]! / seeded.prices["WETH/USDC"]!).to.be.within(0.95, 1.05);
    });
  });

  it("is the same market for the same seed", async () => {
    const results: SeededMarket[] = [];
    for (const name of ["first", "second"]) {
      const { rpcUrl, deployment } = await market(name);
      results.push(await seedMarket({ rpcUrl, deployment, seed: SEED, steps: 3 }));
    }
    expect(results[0]).to.deep.equal(results[1]);
  });

  it("refuses a deployment of another chain", async () => {
    const { rpcUrl, deployment } = await market("other");
    const wrong = seedMarket({ rpcUrl, deployment: { ...deployment, chainId: 1 } });
    expect(await wrong.catch((error: unknown) => (error as Error).message)).to.include("the deployment is of chain 1");
  });
});
