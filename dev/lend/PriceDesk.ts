import {
  type Deployment,
  FeedState,
  getFeedQuote,
  getFeedStatus,
  getPushFee,
  getSenderFeeds,
  priceFeedSenderAbi,
} from "@cxmpute/sdk";
import { setTimeout as sleep } from "node:timers/promises";
import { type Address, http, numberToHex, type PublicClient } from "viem";

import { openSender, type Sender } from "../market/sender.ts";
import { demoAggregatorAbi } from "./demoAggregatorAbi.ts";

interface DeskFeed {
  /** What it prices. */
  name: string;
  id: number;
  decimals: number;
  aggregator: Address;
}

/** Which of the chain's unlocked accounts answers and pushes: the keeper's own is the next. */
const ACCOUNT = 6;
/** Seconds after which a jump can be confirmed, and a few for the clocks. */
const CONFIRMATION_S = 65;
const MOST_PUSHES = 3;
/** Seconds between two blocks of peaq. */
const BLOCK_S = 6;
const ARRIVAL_MS = 30_000;
const POLL_MS = 50;

/** The demo prices on the local Ethereum chain: says what the aggregators answer, and pushes it to the local peaq chain. */
export class PriceDesk {
  readonly #ethereum: Sender;
  readonly #peaq: Sender;
  readonly #receiver: Address;
  readonly #sender: Address;
  readonly #feeds: readonly DeskFeed[];

  private constructor(
    chains: { ethereum: Sender; peaq: Sender },
    contracts: { receiver: Address; sender: Address },
    feeds: readonly DeskFeed[],
  ) {
    this.#ethereum = chains.ethereum;
    this.#peaq = chains.peaq;
    this.#receiver = contracts.receiver;
    this.#sender = contracts.sender;
    this.#feeds = feeds;
  }

  /** @throws Error where the deployment has no oracle, or the Ethereum chain is another than it says */
  static async open(rpcUrls: { ethereum: string; peaq: string }, { oracle, sister }: Deployment): Promise<PriceDesk> {
    if (oracle === undefined || sister === undefined) throw new Error("the deployment has no oracle");
    const [ethereum, peaq] = [await openSender(http(rpcUrls.ethereum)), await openSender(http(rpcUrls.peaq))];
    const chainId = await ethereum.client.getChainId();
    if (chainId !== sister.chainId) {
      throw new Error(`the prices come from chain ${sister.chainId}, ${rpcUrls.ethereum} is chain ${chainId}`);
    }
    const { priceFeedSender: sender } = sister;
    const known = await getSenderFeeds(ethereum.client, { priceFeedSender: sender });
    const feeds = Object.entries(oracle.feeds).map(([name, { id, decimals }]): DeskFeed => {
      const aggregator = known.find(({ feedId }) => feedId === id)?.aggregator;
      if (aggregator === undefined) throw new Error(`the sender knows no feed ${id}, which prices ${name}`);
      return { name, id, decimals, aggregator };
    });
    return new PriceDesk({ ethereum, peaq }, { receiver: oracle.priceFeedReceiver, sender }, feeds);
  }

  /** Lets aggregators answer anew; those that are not named repeat their last answer. */
  async answer(prices: Readonly<Record<string, number>>): Promise<void> {
    for (const { name, decimals, aggregator } of this.#feeds) {
      const price = prices[name];
      const at = { address: aggregator, abi: demoAggregatorAbi } as const;
      const answer =
        price === undefined
          ? (await this.#ethereum.client.readContract({ ...at, functionName: "latestRoundData" }))[1]
          : BigInt(Math.round(price * 10 ** decimals));
      await this.#ethereum.send(this.#account, { ...at, functionName: "update", args: [answer] });
    }
  }

  /** Pushes every feed, and confirms what is a jump; returns when all are fresh at the new prices. */
  async push(): Promise<void> {
    for (let pushes = 0; pushes < MOST_PUSHES; ++pushes) {
      await this.#arrival(await this.#send());
      if ((await this.#states()).every((state) => state === FeedState.Fresh)) return;
      await this.pass(CONFIRMATION_S);
    }
    throw new Error("the demo prices were pushed three times and are not accepted");
  }

  /** Lets time pass on both chains, with all the blocks that belong to it on peaq: nothing looks like a stall. */
  async pass(seconds: number): Promise<void> {
    const { timestamp } = await this.#peaq.client.getBlock();
    // One by one: of blocks mined in a row the node keeps no parents, and an indexer cannot follow it.
    for (let elapsed = 0; elapsed < seconds;) {
      elapsed += BLOCK_S;
      await this.#peaq.request("evm_setNextBlockTimestamp", [numberToHex(timestamp + BigInt(elapsed))]);
      await this.#peaq.request("evm_mine", []);
    }
    await this.follow();
  }

  /** Brings the Ethereum chain to the time of the peaq chain. */
  async follow(): Promise<void> {
    const { timestamp } = await this.#peaq.client.getBlock();
    if ((await this.#ethereum.client.getBlock()).timestamp >= timestamp) return;
    await this.#ethereum.request("evm_setNextBlockTimestamp", [numberToHex(timestamp)]);
    await this.#ethereum.request("evm_mine", []);
  }

  get #account(): Address {
    const account = this.#ethereum.accounts[ACCOUNT];
    if (account === undefined) throw new Error(`the Ethereum chain has no unlocked account ${ACCOUNT}`);
    return account;
  }

  /** @returns the second at which the prices were observed */
  async #send(): Promise<bigint> {
    const client: PublicClient = this.#ethereum.client;
    const feedIds = this.#feeds.map(({ id }) => id);
    const value = await getPushFee(client, { priceFeedSender: this.#sender, feedIds });
    const { blockNumber } = await this.#ethereum.send(this.#account, {
      address: this.#sender,
      abi: priceFeedSenderAbi,
      functionName: "push",
      args: [feedIds.map(BigInt), "0x"],
      value,
    });
    return (await client.getBlock({ blockNumber })).timestamp;
  }

  async #arrival(observedAt: bigint): Promise<void> {
    const deadline = Date.now() + ARRIVAL_MS;
    const hasArrived = async ({ id }: DeskFeed): Promise<boolean> => {
      const parameters = { priceFeedReceiver: this.#receiver, feedId: id };
      const { accepted, pending } = await getFeedStatus(this.#peaq.client, parameters);
      return accepted.observedAt >= observedAt || (pending?.observedAt ?? 0n) >= observedAt;
    };
    while (!(await Promise.all(this.#feeds.map(hasArrived))).every(Boolean)) {
      if (Date.now() > deadline) throw new Error("the demo prices did not arrive: do LayerZero's workers run?");
      await sleep(POLL_MS);
    }
  }

  async #states(): Promise<FeedState[]> {
    const quotes = this.#feeds.map(({ id }) =>
      getFeedQuote(this.#peaq.client, { priceFeedReceiver: this.#receiver, feedId: id }),
    );
    return (await Promise.all(quotes)).map(({ state }) => state);
  }
}
