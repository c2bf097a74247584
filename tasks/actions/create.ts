import { createOrder, createOrders, formatPrice, newOrder, type NewOrderParameters, NO_EXPIRY } from "@cxmpute/sdk";

import { act } from "../lib/act.ts";
import { formatAmount, parseAmount } from "../lib/amount.ts";
import { chainTime, openSenderContext, resolveAccount, resolvePair, type SenderContext } from "../lib/context.ts";
import { required } from "../lib/ids.ts";
import { print, printFields, printJson } from "../lib/print.ts";
import { ensureAllowance, settle } from "../lib/settle.ts";
import { displayOf, orderPrice, parseSide, quoteUnits, tokensOf } from "../lib/sides.ts";
import { formatTime, parseTime } from "../lib/time.ts";

interface CreateArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  pair: string;
  side: string;
  amount: string | undefined;
  price: string | undefined;
  expiry: string | undefined;
  maker: string | undefined;
  minFill: string | undefined;
  taker: string | undefined;
  releaseStart: string | undefined;
  releaseEnd: string | undefined;
  allOrNone: boolean;
  exactPayment: boolean;
  observed: boolean;
}

/** Creates one order and prints its id. */
export default act(async (args: CreateArguments, hre) => {
  const context = await openSenderContext(hre, args);
  const pair = await resolvePair(context, args.pair);
  const side = parseSide(args.side);
  const { sell, buy } = tokensOf(pair, side);
  const priceText = required(args.price, "price");
  const baseAmount = parseAmount(required(args.amount, "amount"), pair.base);
  const now = await chainTime(context);
  const time = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : parseTime(text, now);
  const releaseEnd = time(args.releaseEnd);

  const order = {
    maker: args.maker === undefined ? context.sender : await resolveAccount(context, args.maker),
    sellToken: sell.address,
    buyToken: buy.address,
    sellAmount: side === "sell" ? baseAmount : quoteUnits(pair, baseAmount, priceText),
    price: orderPrice(pair, side, priceText),
    expiry: args.expiry === "never" ? NO_EXPIRY : time(args.expiry),
    terms: {
      allOrNone: args.allOrNone,
      exactPayment: args.exactPayment,
      observed: args.observed,
      minFill: args.minFill === undefined ? undefined : parseAmount(args.minFill, sell),
    },
    privateTaker: args.taker === undefined ? undefined : await resolveAccount(context, args.taker),
    release: releaseEnd === undefined ? undefined : { start: time(args.releaseStart) ?? Number(now), end: releaseEnd },
  } satisfies NewOrderParameters;

  await ensureAllowance(context, sell, order.sellAmount);
  const { created, receipt } = await sendCreation(context, order);
  const [first] = created;
  if (first === undefined) throw new Error(`transaction ${receipt.transactionHash} created no order`);

  const result = { ...newOrder(order), id: first.id, transaction: receipt.transactionHash, gasUsed: receipt.gasUsed };
  if (args.json) {
    printJson(result);
    return result;
  }
  const shown = formatPrice(order.price, displayOf(pair, side));
  print(`Created order ${first.id}`);
  print();
  printFields([
    ["sells", `${formatAmount(order.sellAmount, sell)} ${sell.symbol}`],
    ["price", `${shown} ${pair.quote.symbol} for one ${pair.base.symbol}`],
    ["owner", order.maker],
    ["ends", result.expiry === NO_EXPIRY ? "never" : formatTime(result.expiry)],
    ["transaction", `${receipt.transactionHash}, ${receipt.gasUsed} gas`],
  ]);
  return result;
});

/** By the cheapest entry point that can express the order. */
function sendCreation(context: SenderContext, order: NewOrderParameters) {
  const { wallet, book: orderNFT, sender, tokens } = context;
  const { observed, ...terms } = order.terms ?? {};
  const isRare = observed === true || order.privateTaker !== undefined || order.release !== undefined;
  if (isRare) return settle(context, createOrders(wallet, { orderNFT, orders: [newOrder(order)], tokens }));

  const { maker, sellToken, buyToken, sellAmount, price, expiry } = order;
  const whose = maker === sender ? {} : { maker };
  return settle(
    context,
    createOrder(wallet, { orderNFT, sellToken, buyToken, sellAmount, price, expiry, terms, tokens, ...whose }),
  );
}
