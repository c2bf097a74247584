import {
  costUp,
  ErrorFormat,
  fillOrder,
  fillOrders,
  FillStatus,
  getOrder,
  getTakerFee,
  type OrderChanges,
  routeSweep,
} from "@cxmpute/sdk";
import type { TransactionReceipt } from "viem";

import { act } from "../lib/act.ts";
import { formatAmount, parseAmount } from "../lib/amount.ts";
import {
  chainTime,
  openSenderContext,
  resolveAccount,
  resolvePair,
  resolveToken,
  type SenderContext,
  type Token,
} from "../lib/context.ts";
import { parseId, required } from "../lib/ids.ts";
import { loadOrders } from "../lib/loadOrders.ts";
import { print, printFields, printJson } from "../lib/print.ts";
import { ensureAllowance, settle } from "../lib/settle.ts";
import { orderPrice, parseSide, tokensOf } from "../lib/sides.ts";
import { TaskError } from "../lib/TaskError.ts";

interface FillArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  id: string | undefined;
  amount: string | undefined;
  pair: string;
  side: string;
  limit: string | undefined;
  slippage: string;
  recipient: string | undefined;
  fillOrKill: boolean;
  useDiscount: boolean;
  indexer: string | undefined;
}

/** What was done, with the tokens that the taker receives and pays. */
interface Filled {
  changes: OrderChanges & { readonly receipt: TransactionReceipt };
  sold: Token;
  bought: Token;
}

const MILLIONTHS_PER_BASIS_POINT = 100n;

/** Fills one order or sweeps a book, and prints what it came to. */
export default act(async (args: FillArguments, hre) => {
  const context = await openSenderContext(hre, args);
  const { changes, sold, bought } = await (args.id === undefined ? sweep(context, args) : fillOne(context, args));
  const { filled, receipt } = changes;
  const sum = (field: "sold" | "paid" | "fee"): bigint => filled.reduce((total, fill) => total + fill[field], 0n);
  const report = {
    orders: filled.map((fill) => fill.id),
    taken: sum("sold"),
    fee: sum("fee"),
    received: sum("sold") - sum("fee"),
    paid: sum("paid"),
    transaction: receipt.transactionHash,
    gasUsed: receipt.gasUsed,
  };

  if (args.json) {
    printJson(report);
    return report;
  }
  print(`Filled ${filled.length} ${filled.length === 1 ? "order" : "orders"}`);
  print();
  printFields([
    ["received", `${formatAmount(report.received, sold)} ${sold.symbol}`],
    ["fee", `${formatAmount(report.fee, sold)} ${sold.symbol}`],
    ["paid", `${formatAmount(report.paid, bought)} ${bought.symbol}`],
    ["transaction", `${report.transaction}, ${report.gasUsed} gas`],
  ]);
  return report;
});

/** Takes from one order, at no more than its price now. */
async function fillOne(context: SenderContext, args: FillArguments): Promise<Filled> {
  const { client, wallet, book: orderNFT, sender, tokens } = context;
  const id = parseId(args.id);
  if (args.recipient !== undefined) throw new TaskError("--recipient goes with a sweep, not with --id");
  const order = await getOrder(client, { orderNFT, id, taker: sender });
  if (order?.status !== FillStatus.Fillable) {
    throw new TaskError(`the order ${new ErrorFormat().status(order?.status ?? FillStatus.Nonexistent)}`);
  }

  const { sellToken, buyToken, price, available } = order;
  const [sold, bought] = await Promise.all([resolveToken(context, sellToken), resolveToken(context, buyToken)]);
  const takeAmount = args.amount === undefined ? available : parseAmount(args.amount, sold);
  const maxPay = costUp(price, takeAmount);

  await ensureAllowance(context, bought, maxPay);
  const parameters = { orderNFT, id, takeAmount, maxPay, sellToken, buyToken, tokens };
  return { changes: await settle(context, fillOrder(wallet, parameters)), sold, bought };
}

/** `buy` takes an exact amount of the pair's first token; `sell` pays an exact amount of it. */
async function sweep(context: SenderContext, args: FillArguments): Promise<Filled> {
  const { client, wallet, book: orderNFT, sender, tokens } = context;
  const pair = await resolvePair(context, args.pair);
  const side = parseSide(args.side);
  const makerSide = side === "buy" ? "sell" : "buy";
  const { sell: sold, buy: bought } = tokensOf(pair, makerSide);
  const amount = parseAmount(required(args.amount, "amount"), pair.base);
  if (!/^\d+$/.test(args.slippage)) throw new TaskError("--slippage is a whole number of basis points");
  if (args.fillOrKill && side === "sell") throw new TaskError("--fill-or-kill goes with --side buy");
  const recipient = args.recipient === undefined ? undefined : await resolveAccount(context, args.recipient);

  const [sellToken, buyToken] = [sold.address, bought.address];
  const [orders, timestamp, takerFee] = await Promise.all([
    loadOrders(context, { sellToken, buyToken, taker: sender, indexer: args.indexer }),
    chainTime(context),
    getTakerFee(client, { orderNFT }),
  ]);
  const route = routeSweep({
    orders,
    sellToken,
    buyToken,
    ...(side === "buy" ? { takeAmount: amount } : { budget: amount }),
    timestamp,
    taker: sender,
    maxPrice: args.limit === undefined ? undefined : orderPrice(pair, makerSide, args.limit, "down"),
    takerFee,
    slippage: BigInt(args.slippage) * MILLIONTHS_PER_BASIS_POINT,
    spareOrders: 5,
  });
  if (route.expected.taken === 0n) {
    const within = args.limit === undefined ? "" : " within the limit";
    throw new TaskError(`no order sells ${sold.symbol} for ${bought.symbol}${within}`);
  }
  if (args.fillOrKill && !route.complete) {
    throw new TaskError(`the book has only ${formatAmount(route.expected.taken, sold)} ${sold.symbol} to take`);
  }

  await ensureAllowance(context, bought, route.leg.maxPay);
  const { fillOrKill, useDiscount } = args;
  const parameters = { orderNFT, legs: [route.leg], recipient, fillOrKill, useDiscount, tokens };
  return { changes: await settle(context, fillOrders(wallet, parameters)), sold, bought };
}
