import { amendOrder, ErrorFormat, FillStatus, formatPrice, getOrder } from "@cxmpute/sdk";
import { type Address, isAddressEqual } from "viem";

import { act } from "../lib/act.ts";
import { formatAmount, parseAmount } from "../lib/amount.ts";
import { openSenderContext, type Pair, resolvePair } from "../lib/context.ts";
import { parseId } from "../lib/ids.ts";
import { print, printJson } from "../lib/print.ts";
import { ensureAllowance, settle } from "../lib/settle.ts";
import { displayOf, orderPrice, type Side, tokensOf } from "../lib/sides.ts";
import { TaskError } from "../lib/TaskError.ts";

interface AmendArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  id: string | undefined;
  remaining: string | undefined;
  price: string | undefined;
  pair: string;
}

/** Changes an order in place; a larger amount is paid by the sender, a smaller one refunded to the owner. */
export default act(async (args: AmendArguments, hre) => {
  const context = await openSenderContext(hre, args);
  const id = parseId(args.id);
  const { client, wallet, book: orderNFT, tokens } = context;
  const order = await getOrder(client, { orderNFT, id });
  if (order === undefined) throw new TaskError(`the order ${new ErrorFormat().status(FillStatus.Nonexistent)}`);
  if (args.remaining === undefined && args.price === undefined)
    throw new TaskError("give --remaining, --price or both");

  const pair = await resolvePair(context, args.pair);
  const side = sideOf(pair, order);
  const { sell } = tokensOf(pair, side);
  const remaining = args.remaining === undefined ? order.remaining : parseAmount(args.remaining, sell);
  const price = args.price === undefined ? order.price : orderPrice(pair, side, args.price);

  if (remaining > order.remaining) await ensureAllowance(context, sell, remaining - order.remaining);
  const { receipt } = await settle(
    context,
    amendOrder(wallet, { orderNFT, id, newRemaining: remaining, newPrice: price, tokens }),
  );
  const result = { id, remaining, price, transaction: receipt.transactionHash };
  if (args.json) printJson(result);
  else {
    const shown = formatPrice(price, displayOf(pair, side));
    print(`The order sells ${formatAmount(remaining, sell)} ${sell.symbol} now, at ${shown}.`);
  }
  return result;
});

function sideOf(pair: Pair, order: { sellToken: Address; buyToken: Address }): Side {
  for (const side of ["sell", "buy"] as const) {
    const { sell, buy } = tokensOf(pair, side);
    if (isAddressEqual(sell.address, order.sellToken) && isAddressEqual(buy.address, order.buyToken)) return side;
  }
  throw new TaskError(`the order is not of ${pair.base.symbol}/${pair.quote.symbol}: name its pair with --pair`);
}
