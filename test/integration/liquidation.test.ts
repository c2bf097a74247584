import {
  flashLiquidatorAbi,
  getFeedStatus,
  getLendAccounts,
  getPriceQuote,
  lendControllerAbi,
  priceFeedReceiverAbi,
  PriceQuality,
  uTokenAbi,
  WAD,
} from "@cxmpute/sdk";
import { expect } from "chai";
import { type Address, erc20Abi, getAddress, type Log, maxUint256, parseEventLogs, parseUnits } from "viem";

import { chainAccess, chainIdentity } from "../../keepers/src/engine/chain/access.ts";
import { totals, type Totals } from "../../keepers/src/engine/store/bookings.ts";
import { pgliteStore } from "../../keepers/src/engine/store/pgliteStore.ts";
import { type KeeperProcess, getJson, startKeeper, until } from "../../keepers/test/support/keeperProcess.ts";
import { indexedBlock, type IndexerProcess, runIndexer } from "../../indexer/test/support/ponder.ts";
import { roleAccount } from "../../dev/stack/roles.ts";
import { temporaryFolder } from "./support/files.ts";
import { type SeededChains, seededChains } from "./support/seededChains.ts";

/** Generous: the machine may be doing other things. */
const TIMEOUT_MS = 300_000;
const WAIT_MS = 60_000;

const keeperRole = roleAccount("keeper");
const keeper = getAddress(keeperRole.address);

/** What the keeper's account has on both chains. */
interface Holdings {
  coin: bigint;
  ether: bigint;
  nonces: readonly [peaq: number, ethereum: number];
  tokens: ReadonlyMap<Address, bigint>;
}

describe("from a price on Ethereum to a liquidation on peaq", function () {
  this.timeout(TIMEOUT_MS);
  const files = temporaryFolder();
  let chains: SeededChains;
  let process_: KeeperProcess | undefined;
  let indexer: IndexerProcess | undefined;
  let opening: Holdings;
  let started: bigint;
  let eth: number;

  before(async () => {
    chains = await seededChains(files.path);
    eth = chains.prices["WETH/USDC"]!;
    opening = await holdings();
    started = await chains.peaq.client.getBlockNumber();
    process_ = await startKeeper({
      KEEPER_BOTS: "liquidator,oracle",
      DEPLOYMENT: chains.deploymentFile,
      RPC_URLS: chains.rpcUrls.peaq,
      ETHEREUM_RPC_URLS: chains.rpcUrls.ethereum,
      KEEPER_PRIVATE_KEY: keeperRole.privateKey,
      KEEPER_ORACLE_BUDGET: "100",
      // These chains make a block only for a transaction.
      KEEPER_HEAD_STALE_SECONDS: "0",
      KEEPER_CONFIRMATIONS: "1",
      KEEPER_DATA_DIR: files.path("books"),
    });
    await until("the keeper is ready", async () => (await getJson(running(), "/ready")).code === 200, WAIT_MS);
    await until("it may pay", async () => (await bot("approver")).found === 0, WAIT_MS);
  });

  after(async () => {
    await process_?.stop("SIGKILL");
    await indexer?.process.stop("SIGKILL");
    await chains?.close();
  });

  function running(): KeeperProcess {
    if (process_ === undefined) throw new Error("the keeper was not started");
    return process_;
  }

  async function bot(name: string): Promise<{ found: number; skipped: Record<string, number> }> {
    const { body } = await getJson(running(), "/status");
    const bots = body.bots as { name: string; found: number; skipped: Record<string, number> }[];
    return bots.find((one) => one.name === name)!;
  }

  const pool = (symbol: string) => chains.deployment.lend!.pools[symbol]!;
  const token = (symbol: string) => chains.deployment.tokens[symbol]!;
  const units = (symbol: string, amount: number): bigint => parseUnits(amount.toFixed(6), token(symbol).decimals);

  async function holdings(): Promise<Holdings> {
    const { peaq, ethereum, deployment } = chains;
    const assets = Object.values(deployment.tokens).map(({ address }) => address);
    const shares = Object.values(deployment.lend!.pools).map(({ address }) => address);
    const balanceOf = (address: Address): Promise<bigint> =>
      peaq.client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args: [keeper] });
    const tokens = await Promise.all(
      [...assets, ...shares].map(async (address) => [getAddress(address), await balanceOf(address)] as const),
    );
    return {
      coin: await peaq.client.getBalance({ address: keeper }),
      ether: await ethereum.getBalance({ address: keeper }),
      nonces: [
        await peaq.client.getTransactionCount({ address: keeper }),
        await ethereum.getTransactionCount({ address: keeper }),
      ],
      tokens: new Map(tokens),
    };
  }

  async function logsOf(address: Address): Promise<Log[]> {
    return chains.peaq.client.getLogs({ address, fromBlock: started + 1n });
  }

  async function liquidations() {
    const logs = await logsOf(chains.deployment.lend!.controller);
    return parseEventLogs({ abi: lendControllerAbi, eventName: "Liquidated", logs });
  }

  const liquidationOf = (borrower: Address) =>
    until(
      `${borrower} is liquidated`,
      async () => (await liquidations()).findLast(({ args }) => args.borrower === getAddress(borrower)),
      WAIT_MS,
    );

  /** Block of the last ETH price that the receiver accepted. */
  async function acceptedIn(): Promise<bigint> {
    const logs = await logsOf(chains.deployment.oracle!.priceFeedReceiver);
    const feedId = BigInt(chains.deployment.oracle!.feeds.ETH!.id);
    const accepted = parseEventLogs({ abi: priceFeedReceiverAbi, eventName: "PriceAccepted", args: { feedId }, logs });
    return accepted.at(-1)!.blockNumber;
  }

  const quote = () =>
    getPriceQuote(chains.peaq.client, {
      priceOracle: chains.deployment.oracle!.priceOracle,
      asset: token("WETH").address,
    });

  /** The aggregator answers a part of the price at the start; the rest is the keeper's, LayerZero's and the contracts'. */
  const say = (part: number): Promise<void> => chains.desk.answer({ ETH: eth * part });
  const priceAt = (part: number): bigint => BigInt(Math.round(eth * part * 1e8)) * 10n ** 10n;

  /** 10 WETH behind a debt of `part` of their worth at the price of now. */
  async function open(index: number, price: number, part: number): Promise<Address> {
    const { peaq } = chains;
    const account = peaq.accounts[index]!;
    const { address } = pool("WETH");
    const approval = { address: token("WETH").address, abi: erc20Abi, functionName: "approve" } as const;
    await peaq.send(account, { ...approval, args: [address, maxUint256] });
    const weth = { address, abi: uTokenAbi } as const;
    await peaq.send(account, { ...weth, functionName: "deposit", args: [units("WETH", 10), account] });
    await peaq.send(account, { ...weth, functionName: "setCollateral", args: [true] });
    const debt = units("USDC", 10 * price * part);
    const usdc = { address: pool("USDC").address, abi: uTokenAbi } as const;
    await peaq.send(account, { ...usdc, functionName: "borrow", args: [debt, account, account] });
    return account;
  }

  /** What `after` is worth more than `before` at the prices of now, 1e18 USD, down. */
  async function gained(before: Holdings, after: Holdings): Promise<bigint> {
    let value = 0n;
    for (const symbol of ["USDC", "WETH"]) {
      const { address, decimals } = token(symbol);
      const { low } = await getPriceQuote(chains.peaq.client, {
        priceOracle: chains.deployment.oracle!.priceOracle,
        asset: address,
      });
      const change = after.tokens.get(getAddress(address))! - before.tokens.get(getAddress(address))!;
      value += (change * low) / 10n ** BigInt(decimals);
    }
    return value;
  }

  async function healthOf(account: Address): Promise<bigint> {
    const [view] = await getLendAccounts(chains.peaq.client, {
      lens: chains.deployment.lend!.lens,
      accounts: [account],
    });
    return view!.healthInFavour;
  }

  it("the deployment file and the seed leave nothing to be set up: tokens, allowances, bids", async () => {
    const { client } = chains.peaq;
    for (const symbol of ["USDC", "WETH"]) {
      const at = { address: token(symbol).address, abi: erc20Abi } as const;
      const held = await client.readContract({ ...at, functionName: "balanceOf", args: [keeper] });
      const args = [keeper, pool(symbol).address] as const;
      expect(held > 0n, symbol).to.equal(true);
      expect((await client.readContract({ ...at, functionName: "allowance", args })) >= held, symbol).to.equal(true);
    }
    expect(await client.getCode({ address: chains.deployment.lend!.flashLiquidator! })).to.not.equal(undefined);
    expect(await liquidations()).to.deep.equal([]);
  });

  it("a price rises: pushed, delivered, and the seeded borrower is liquidated in the next block, paid by asks", async () => {
    const near = chains.peaq.accounts[4]!;
    expect((await healthOf(near)) > WAD).to.equal(true);
    const before = await holdings();
    await say(1.04);
    const found = await liquidationOf(near);
    expect(await quote()).to.include({ quality: PriceQuality.Fresh, low: priceAt(1.04) });
    expect(found.blockNumber).to.equal((await acceptedIn()) + 1n);
    expect(found.args.debtId).to.equal(BigInt(pool("WETH").id));
    const logs = await logsOf(chains.deployment.lend!.flashLiquidator!);
    const [flashed] = parseEventLogs({ abi: flashLiquidatorAbi, eventName: "FlashLiquidated", logs });
    expect(flashed?.args).to.include({ borrower: getAddress(near), caller: keeper, recipient: keeper, own: 0n });
    expect((await healthOf(near)) > WAD).to.equal(true);
    expect((await gained(before, await holdings())) > 0n).to.equal(true);
  });

  it("it falls by 9 %, which the oracle accepts at once: a borrower of WETH's is liquidated in the next block", async () => {
    const borrower = await open(1, eth * 1.04, 0.749);
    expect((await healthOf(borrower)) > WAD).to.equal(true);
    const before = await holdings();
    await say(0.945);
    const found = await liquidationOf(borrower);
    expect(found.blockNumber).to.equal((await acceptedIn()) + 1n);
    expect(await quote()).to.include({ quality: PriceQuality.Fresh, low: priceAt(0.945) });
    expect([found.args.debtId, found.args.collateralId]).to.deep.equal([
      BigInt(pool("USDC").id),
      BigInt(pool("WETH").id),
    ]);
    expect((await gained(before, await holdings())) > 0n).to.equal(true);
  });

  it("it jumps by more than the clamp: nobody is liquidated before a second look a minute later confirms it", async () => {
    const borrower = await open(3, eth * 0.945, 0.6);
    const before = await liquidations();
    await say(0.7);
    const feed = {
      priceFeedReceiver: chains.deployment.oracle!.priceFeedReceiver,
      feedId: chains.deployment.oracle!.feeds.ETH!.id,
    };
    await until(
      "the jump is pending",
      async () => (await getFeedStatus(chains.peaq.client, feed)).pending !== undefined,
      WAIT_MS,
    );
    expect(await quote()).to.include({ quality: PriceQuality.Pending, low: priceAt(0.7), high: priceAt(0.945) });
    await until(
      "the liquidator sees it and waits",
      async () => ((await bot("liquidator")).skipped.healthy_at_one_price ?? 0) > 0,
      WAIT_MS,
    );
    expect(await liquidations()).to.deep.equal(before);

    // Nothing is said anew: that the minute is over is for the keeper to see.
    await chains.desk.pass(65);
    const found = await liquidationOf(borrower);
    expect(found.blockNumber > (await acceptedIn())).to.equal(true);
    expect(await quote()).to.include({ quality: PriceQuality.Fresh, low: priceAt(0.7) });
  });

  it("the books are the balances on both chains, to the unit and the wei", async () => {
    await until(
      "nothing is left to do",
      async () => {
        const { body } = await getJson(running(), "/status");
        const inFlight = [body.inFlight, (body.sister as Record<string, unknown>).inFlight] as { count: number }[];
        return inFlight.every(({ count }) => count === 0) && (await bot("liquidator")).found === 0;
      },
      WAIT_MS,
    );
    await running().stop("SIGTERM");
    expect(running().child.exitCode, running().log().slice(-500)).to.equal(0);
    const closing = await holdings();

    const home = await books(chains.rpcUrls.peaq, chains.deployment.chainId, files.path("books"));
    expect(home.transactions).to.equal(closing.nonces[0] - opening.nonces[0]);
    expect([home.gasCost, home.coinPaid]).to.deep.equal([opening.coin - closing.coin, 0n]);
    for (const [address, held] of closing.tokens) {
      const booked = home.tokens.find((row) => getAddress(row.token) === address)?.amount ?? 0n;
      expect(booked, address).to.equal(held - opening.tokens.get(address)!);
    }
    expect(home.tokens.some(({ amount }) => amount > 0n)).to.equal(true);

    const sister = await books(chains.rpcUrls.ethereum, chains.deployment.sister!.chainId, files.path("books/sister"));
    expect(sister.transactions).to.equal(closing.nonces[1] - opening.nonces[1]);
    expect(sister.gasCost + sister.coinPaid).to.equal(opening.ether - closing.ether);
    expect(sister.coinPaid > 0n, "LayerZero was paid").to.equal(true);
    expect([home.reverted, sister.reverted]).to.deep.equal([0, 0]);
  });

  it("the indexer tells all of it: liquidations, accounts as the chain has them, prices with source and age", async () => {
    indexer = await runIndexer({
      rpcUrl: chains.rpcUrls.peaq,
      home: { folder: files.path("index"), deployment: chains.deploymentFile },
      env: { DATABASE_URL: "" },
    });
    const { url } = indexer;
    const head = await chains.peaq.client.getBlockNumber();
    await until("the indexer has read the chain", async () => (await indexedBlock(url)) >= head, WAIT_MS);
    const done = (await liquidations()).reverse();
    expect(new Set(done.map(({ args }) => args.borrower)).size).to.equal(3);
    const { liquidations: told } = await indexer.query<{ liquidations: { items: Record<string, unknown>[] } }>(
      `{ liquidations(first: 9) { items {
         borrower liquidator debtPool collateralPool repaid seized protocolAssets asShares tx } } }`,
    );
    const pools = Object.values(chains.deployment.lend!.pools);
    const poolOf = (id: bigint) => pools.find((one) => BigInt(one.id) === id)!.address.toLowerCase();
    expect(told.items).to.deep.equal(
      done.map(({ args, transactionHash }) => ({
        borrower: args.borrower.toLowerCase(),
        liquidator: args.liquidator.toLowerCase(),
        debtPool: poolOf(args.debtId),
        collateralPool: poolOf(args.collateralId),
        repaid: String(args.repaid),
        seized: String(args.seized),
        protocolAssets: String(args.protocolAssets),
        asShares: args.asShares,
        tx: transactionHash,
      })),
    );

    for (const { args } of done) {
      const { account } = await indexer.query<{
        account: { lend: { positions: { market: { pool: Address }; shares: string; debtShares: string }[] } };
      }>(
        `query ($at: Address!) { account(address: $at) { lend { positions {
           market { pool } shares debtShares } } } }`,
        { at: args.borrower },
      );
      expect(account.lend.positions.length > 0).to.equal(true);
      for (const { market, shares, debtShares } of account.lend.positions) {
        const at = { address: market.pool, abi: uTokenAbi, args: [args.borrower] } as const;
        const { client } = chains.peaq;
        const held = await client.readContract({ ...at, functionName: "balanceOf" });
        const owed = await client.readContract({ ...at, functionName: "debtSharesOf" });
        expect([shares, debtShares]).to.deep.equal([String(held), String(owed)]);
      }
    }

    const { timestamp } = await chains.peaq.client.getBlock();
    const { prices } = await indexer.query<{
      prices: { asset: string; low: string; quality: string; age: string; source: { kind: string; feedId: string } }[];
    }>("query ($at: BigInt) { prices(at: $at) { asset low quality age source { kind feedId } } }", {
      at: String(timestamp),
    });
    const said = await quote();
    expect(prices.find(({ asset }) => asset === token("WETH").address.toLowerCase())).to.deep.equal({
      asset: token("WETH").address.toLowerCase(),
      low: String(said.low),
      quality: "Fresh",
      age: String(timestamp - said.updatedAt),
      source: { kind: "feed", feedId: String(chains.deployment.oracle!.feeds.ETH!.id) },
    });
  });

  async function books(rpcUrl: string, chainId: number, folder: string): Promise<Totals> {
    const access = chainAccess({
      chainId,
      rpcUrls: [rpcUrl],
      privateRpcUrl: undefined,
      timeoutMs: 5_000,
      batchSize: 1,
    });
    const store = await pgliteStore(folder);
    const read = await totals(store.db(), { chain: await chainIdentity(access), signer: keeper });
    await store.close();
    return read;
  }
});
