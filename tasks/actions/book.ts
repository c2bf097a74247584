import { costUp, ErrorFormat, FillStatus, formatPrice, type Order, pricesCross } from "@cxmpute/sdk";
import { type Address, toHex } from "viem";

import { act } from "../lib/act.ts";
import { formatAmount } from "../lib/amount.ts";
import { openContext, type Pair, resolveAccount, resolvePair } from "../lib/context.ts";
import { loadOrders } from "../lib/loadOrders.ts";
import { print, printJson, printTable } from "../lib/print.ts";
import { displayOf, type Side } from "../lib/sides.ts";
import { TaskError } from "../lib/TaskError.ts";

interface BookArguments {
  deployment: string | undefined;
  json: boolean;
  pair: string;
  depth: string;
  taker: string | undefined;
  indexer: string | undefined;
}

interface Book {
  /** Sell the pair's first token, cheapest first. */
  asks: Order[];
  /** Buy it, dearest first. */
  bids: Order[];
}

/** Shows a pair's book: asks above, bids below, the best of both in the middle. */
export default act(async (args: BookArguments, hre): Promise<Book> => {
  const context = await openContext(hre, args);
  const pair = await resolvePair(context, args.pair);
  const depth = Number(args.depth);
  if (!Number.isInteger(depth) || depth < 1) throw new TaskError("--depth is a whole number above zero");
  const taker: Address | undefined = args.taker === undefined ? undefined : await resolveAccount(context, args.taker);

  const base = pair.base.address;
  const quote = pair.quote.address;
  const shared = { taker, indexer: args.indexer };
  const [asks, bids] = await Promise.all([
    loadOrders(context, { sellToken: base, buyToken: quote, ...shared }),
    loadOrders(context, { sellToken: quote, buyToken: base, ...shared }),
  ]);

  const result = { asks: asks.slice(0, depth), bids: bids.slice(0, depth) };
  if (args.json) {
    printJson(result);
    return result;
  }
  const headers = ["side", "price", pair.base.symbol, pair.quote.symbol, "state", "id"];
  printTable(headers, [
    ...result.asks.map((order) => row(pair, "sell", order)).reverse(),
    ...result.bids.map((order) => row(pair, "buy", order)),
  ]);
  print();
  print(`Asks: ${asks.length}, bids: ${bids.length}${isCrossed(asks[0], bids[0]) ? "; the book is crossed" : ""}`);
  return result;
});

function row(pair: Pair, side: Side, order: Order): string[] {
  const cost = costUp(order.price, order.remaining);
  const [base, quote] = side === "sell" ? [order.remaining, cost] : [cost, order.remaining];
  return [
    side === "sell" ? "ask" : "bid",
    formatPrice(order.price, { ...displayOf(pair, side), digits: 8 }),
    formatAmount(base, pair.base),
    formatAmount(quote, pair.quote),
    order.status === FillStatus.Fillable ? "" : new ErrorFormat().status(order.status),
    toHex(order.id),
  ];
}

function isCrossed(ask: Order | undefined, bid: Order | undefined): boolean {
  return ask !== undefined && bid !== undefined && pricesCross(ask.price, bid.price);
}
