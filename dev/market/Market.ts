import {
  type BookOrder,
  type Deployment,
  displayRatio,
  fillOptions,
  newOrder,
  type NewOrder,
  orderNftAbi,
  parsePrice,
  type Price,
  readOrderChanges,
  routeSweep,
  type Token,
  unpackOrderId,
} from "@cxmpute/sdk";
import { type Address, isAddressEqual, parseUnits } from "viem";

import type { LiveBook } from "./book.ts";
import type { Crew } from "./crew.ts";
import type { MarketPlan } from "./markets.ts";
import type { Random } from "./random.ts";
import type { Sender } from "./sender.ts";

export interface MarketContext {
  sender: Sender;
  deployment: Deployment;
  crew: Crew;
  book: LiveBook;
  random: Random;
}

type Side = "sell" | "buy";

/** Orders that a maker places at once on each side. */
const LADDER = 5;
/** Orders a side holds at most before the furthest are cancelled. */
const MOST_A_SIDE = 90;
/** Significant digits of a quoted price. */
const PRICE_DIGITS = 6;
const EVERYTHING = (1n << 96n) - 1n;

/** One demo market: a price that walks, makers that quote around it, takers that trade at it. */
export class Market {
  readonly plan: MarketPlan;
  readonly base: Token;
  readonly quote: Token;
  readonly #context: MarketContext;
  /** Quote tokens for one base token. */
  mid: number;

  constructor(plan: MarketPlan, context: MarketContext) {
    this.plan = plan;
    this.#context = context;
    this.base = tokenOf(context.deployment, plan.base);
    this.quote = tokenOf(context.deployment, plan.quote);
    this.mid = plan.start;
  }

  /** Takes the walk up where the book stands, if it has two sides. */
  resume(): void {
    const [ask, bid] = (["sell", "buy"] as const).map((side) => this.#best(side));
    if (ask !== undefined && bid !== undefined) this.mid = (ask + bid) / 2;
  }

  /** The price moves, takers take what it has passed, a maker quotes anew, and now and then one thinks again. */
  async step(): Promise<void> {
    const { random } = this.#context;
    this.mid *= Math.exp(this.plan.volatility * random.gaussian());
    await this.#cross("sell");
    await this.#cross("buy");
    await this.#trade(random.pick(["sell", "buy"]));
    await this.#quote(random.pick(this.#context.crew.makers));
    if (random.next() < 0.3) await this.#amend();
    await this.#tidy();
    await this.#context.book.sync();
  }

  /** An order of a maker: `distance` is how far behind the middle price it stands, as a part of it. */
  order(maker: Address, side: Side, distance: number, whole: number, rare: Partial<NewOrder> = {}): NewOrder {
    const price = side === "sell" ? this.mid * (1 + distance) : this.mid * (1 - distance);
    const [sell, buy] = side === "sell" ? [this.base, this.quote] : [this.quote, this.base];
    const amount = side === "sell" ? whole : whole * price;
    return {
      ...newOrder({
        maker,
        sellToken: sell.address,
        buyToken: buy.address,
        sellAmount: parseUnits(amount.toFixed(Math.min(sell.decimals, 6)), sell.decimals),
        price: this.#price(side, price, "up"),
        terms: { observed: this.plan.observed },
      }),
      ...rare,
    };
  }

  async place(maker: Address, orders: readonly NewOrder[]): Promise<bigint[]> {
    const { sender, deployment } = this.#context;
    const sorted = [...orders].sort((a, b) => a.sellToken.localeCompare(b.sellToken));
    const receipt = await sender.send(maker, {
      address: deployment.contracts.orderNFT,
      abi: orderNftAbi,
      functionName: "createMany",
      args: [sorted],
    });
    return readOrderChanges(receipt.logs).created.map(({ id }) => id);
  }

  async #quote(maker: Address): Promise<void> {
    const { random } = this.#context;
    const ladder = Array.from({ length: LADDER }, (_, rung) => rung);
    const sides = ["sell", "buy"] as const;
    const orders = sides.flatMap((side) =>
      ladder.map((rung) => {
        const distance = 0.0008 + rung * 0.0015 + random.between(0, 0.0012);
        return this.order(maker, side, distance, this.#size());
      }),
    );
    await this.place(maker, orders);
  }

  /** Takes every order on a side that the price has passed. */
  async #cross(side: Side): Promise<void> {
    await this.#sweep(side, EVERYTHING, this.#price(side, this.mid, "down"));
  }

  /** Takes some of the best orders on a side. */
  async #trade(side: Side): Promise<void> {
    const whole = this.#size() * this.#context.random.between(0.3, 1.5);
    const token = side === "sell" ? this.base : this.quote;
    const amount = side === "sell" ? whole : whole * this.mid;
    await this.#sweep(side, parseUnits(amount.toFixed(Math.min(token.decimals, 6)), token.decimals));
  }

  async #sweep(side: Side, takeAmount: bigint, maxPrice?: Price): Promise<void> {
    const { book, crew, random, sender, deployment } = this.#context;
    await book.sync();
    const taker = random.pick(crew.takers);
    const [sell, buy] = side === "sell" ? [this.base, this.quote] : [this.quote, this.base];
    const { timestamp } = await sender.client.getBlock();
    const orders = book.side(sell.address, buy.address);
    const pair = { sellToken: sell.address, buyToken: buy.address };
    const { leg } = routeSweep({ orders, ...pair, takeAmount, maxPrice, timestamp, taker, maxOrders: 40 });
    if (leg.ids.length === 0) return;
    await sender.send(taker, {
      address: deployment.contracts.orderNFT,
      abi: orderNftAbi,
      functionName: "fillOrders",
      args: [[leg], fillOptions({ immediateOrCancel: true })],
    });
  }

  /** A maker moves one of its orders a little closer, or shrinks it. */
  async #amend(): Promise<void> {
    const { book, random, sender, deployment } = this.#context;
    await book.sync();
    const side = random.pick(["sell", "buy"] as const);
    const own = this.#ownOrders(side);
    if (own.length === 0) return;
    const order = random.pick(own);
    const shrink = random.next() < 0.5;
    const remaining = shrink ? (order.remaining * 3n) / 4n : order.remaining;
    const distance = random.between(0.0005, 0.004);
    const closer = side === "sell" ? this.mid * (1 + distance) : this.mid * (1 - distance);
    if (remaining === 0n) return;
    await sender.send(unpackOrderId(order.id).maker, {
      address: deployment.contracts.orderNFT,
      abi: orderNftAbi,
      functionName: "amend",
      args: [order.id, remaining, shrink ? order.price : this.#price(side, closer, "up")],
    });
  }

  /** Makers cancel their furthest orders where a side has grown long. */
  async #tidy(): Promise<void> {
    const { book, crew, sender, deployment } = this.#context;
    await book.sync();
    for (const side of ["sell", "buy"] as const) {
      const own = this.#ownOrders(side).sort((a, b) => (a.price < b.price ? -1 : 1));
      const furthest = own.slice(MOST_A_SIDE);
      for (const maker of crew.makers) {
        const ids = furthest.map(({ id }) => id).filter((id) => isAddressEqual(unpackOrderId(id).maker, maker));
        if (ids.length === 0) continue;
        const address = deployment.contracts.orderNFT;
        await sender.send(maker, { address, abi: orderNftAbi, functionName: "cancelMany", args: [ids] });
      }
    }
  }

  #ownOrders(side: Side): BookOrder[] {
    const { book, crew } = this.#context;
    const [sell, buy] = side === "sell" ? [this.base, this.quote] : [this.quote, this.base];
    return book
      .side(sell.address, buy.address)
      .filter(({ id }) => crew.makers.some((maker) => isAddressEqual(maker, unpackOrderId(id).maker)));
  }

  #size(): number {
    const [low, high] = this.plan.size;
    return low * (high / low) ** this.#context.random.next();
  }

  #price(side: Side, value: number, rounding: "up" | "down"): Price {
    const [sell, buy] = side === "sell" ? [this.base, this.quote] : [this.quote, this.base];
    const places = Math.max(0, PRICE_DIGITS - 1 - Math.floor(Math.log10(value)));
    return parsePrice(value.toFixed(places), {
      sellDecimals: sell.decimals,
      buyDecimals: buy.decimals,
      side,
      rounding,
    });
  }

  #best(side: Side): number | undefined {
    const [sell, buy] = side === "sell" ? [this.base, this.quote] : [this.quote, this.base];
    const [first] = this.#ownOrders(side).sort((a, b) => (a.price < b.price ? -1 : 1));
    if (first === undefined) return undefined;
    const ratio = displayRatio(first.price, { sellDecimals: sell.decimals, buyDecimals: buy.decimals, side });
    return Number((ratio.numerator * 10n ** 18n) / ratio.denominator) / 1e18;
  }
}

function tokenOf({ tokens }: Deployment, symbol: string): Token {
  const token = tokens[symbol];
  if (token === undefined) throw new Error(`the deployment has no token ${symbol}`);
  return token;
}
