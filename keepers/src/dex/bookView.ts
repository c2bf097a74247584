import { FillStatus, NO_EXPIRY, type Order } from "@cxmpute/sdk";
import type { Address } from "viem";

/** The orders that the watch knows, by id and by side. */
export interface BookView {
  put(order: Order): void;
  remove(id: bigint): void;
  get(id: bigint): Order | undefined;
  all(): Iterable<Order>;
  size(): number;
  /** Fillable orders that sell `sellToken` for `buyToken`, lowest price first. */
  side(sellToken: Address, buyToken: Address): readonly Order[];
  /** Pairs of tokens that have orders in both directions; each once. */
  twoSidedPairs(): readonly (readonly [Address, Address])[];
  /** Latest block time, in seconds: what expired by then is not fillable. */
  time(): bigint;
  setTime(seconds: bigint): void;
}

const keyOf = (sell: Address, buy: Address): string => `${sell.toLowerCase()}/${buy.toLowerCase()}`;

interface Side {
  readonly orders: Map<bigint, Order>;
  sorted: Order[] | undefined;
}

export function bookView(): BookView {
  const orders = new Map<bigint, Order>();
  const sides = new Map<string, Side>();
  let time = 0n;

  function remove(id: bigint): void {
    const order = orders.get(id);
    if (order === undefined) return;
    orders.delete(id);
    const key = keyOf(order.sellToken, order.buyToken);
    const side = sides.get(key);
    if (side === undefined) return;
    side.orders.delete(id);
    side.sorted = undefined;
    if (side.orders.size === 0) sides.delete(key);
  }

  return {
    put(order) {
      remove(order.id);
      orders.set(order.id, order);
      const key = keyOf(order.sellToken, order.buyToken);
      const side = sides.get(key) ?? { orders: new Map(), sorted: undefined };
      sides.set(key, side);
      side.orders.set(order.id, order);
      side.sorted = undefined;
    },
    remove,
    get: (id) => orders.get(id),
    all: () => orders.values(),
    size: () => orders.size,
    side(sellToken, buyToken) {
      const side = sides.get(keyOf(sellToken, buyToken));
      if (side === undefined) return [];
      side.sorted ??= [...side.orders.values()]
        .filter(({ status, available }) => status === FillStatus.Fillable && available > 0n)
        .sort((a, b) => (a.price === b.price ? 0 : a.price < b.price ? -1 : 1));
      return side.sorted.filter(({ expiry }) => expiry === NO_EXPIRY || BigInt(expiry) > time);
    },
    twoSidedPairs() {
      const pairs: (readonly [Address, Address])[] = [];
      for (const key of sides.keys()) {
        const [sell, buy] = key.split("/") as [Address, Address];
        if (sell < buy && sides.has(keyOf(buy, sell))) pairs.push([sell, buy]);
      }
      return pairs;
    },
    time: () => time,
    setTime(seconds) {
      time = seconds;
    },
  };
}
