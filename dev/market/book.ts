import { type BookOrder, hasFlag, OrderFlags, orderNftAbi } from "@cxmpute/sdk";
import { type Address, isAddressEqual, parseEventLogs, type PublicClient, zeroAddress } from "viem";

/** A book kept up to date from the order book's events. */
export class LiveBook {
  readonly #client: PublicClient;
  readonly #orderNFT: Address;
  readonly #orders = new Map<bigint, BookOrder>();
  #next: bigint;
  #sequence = 0n;

  constructor(client: PublicClient, orderNFT: Address, startBlock: number) {
    this.#client = client;
    this.#orderNFT = orderNFT;
    this.#next = BigInt(startBlock);
  }

  /** Reads what happened since the last time. */
  async sync(): Promise<void> {
    const latest = await this.#client.getBlockNumber();
    if (latest < this.#next) return;
    const logs = await this.#client.getLogs({ address: this.#orderNFT, fromBlock: this.#next, toBlock: latest });
    this.#next = latest + 1n;

    for (const { eventName, args } of parseEventLogs({ abi: orderNftAbi, logs })) {
      if (eventName === "OrderCreated") {
        const { id, sellToken, buyToken, sellAmount, price, terms } = args;
        const order = { id, sellToken, buyToken, remaining: sellAmount, price, terms: Number(terms) };
        this.#orders.set(id, { ...order, sequence: this.#sequence++ });
      } else if (eventName === "OrderFilled") {
        this.#change(args.id, (order) => ({ remaining: order.remaining - args.sold }));
      } else if (eventName === "OrderAmended") {
        this.#change(args.id, () => ({ remaining: args.remaining, price: args.price }));
      } else if (eventName === "Transfer" && args.to === zeroAddress) {
        this.#orders.delete(args.tokenId);
      }
    }
  }

  /** Standing orders that sell one token for another; those reserved for somebody or released over time are left out. */
  side(sellToken: Address, buyToken: Address): BookOrder[] {
    return [...this.#orders.values()].filter(
      (order) =>
        isAddressEqual(order.sellToken, sellToken) &&
        isAddressEqual(order.buyToken, buyToken) &&
        !hasFlag(order.terms, OrderFlags.PRIVATE | OrderFlags.RELEASED),
    );
  }

  #change(id: bigint, change: (order: BookOrder) => Partial<BookOrder>): void {
    const order = this.#orders.get(id);
    if (order === undefined) return;
    const changed = { ...order, ...change(order) };
    if (changed.remaining === 0n) this.#orders.delete(id);
    else this.#orders.set(id, changed);
  }
}
