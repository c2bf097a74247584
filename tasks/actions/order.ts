import { decodeTerms, ErrorFormat, FillStatus, formatPrice, getOrder, NO_EXPIRY, type Order } from "@cxmpute/sdk";
import { zeroAddress } from "viem";

import { act } from "../lib/act.ts";
import { formatAmount } from "../lib/amount.ts";
import { openContext, resolveAccount, resolveToken } from "../lib/context.ts";
import { parseId } from "../lib/ids.ts";
import { printFields, printJson } from "../lib/print.ts";
import { TaskError } from "../lib/TaskError.ts";
import { formatTime } from "../lib/time.ts";

interface OrderArguments {
  deployment: string | undefined;
  json: boolean;
  id: string | undefined;
  taker: string | undefined;
}

/** Shows an order as the chain knows it. */
export default act(async (args: OrderArguments, hre): Promise<Order> => {
  const context = await openContext(hre, args);
  const id = parseId(args.id);
  const taker = args.taker === undefined ? undefined : await resolveAccount(context, args.taker);
  const order = await getOrder(context.client, { orderNFT: context.book, id, taker });
  const format = new ErrorFormat();
  if (order === undefined) throw new TaskError(`the order ${format.status(FillStatus.Nonexistent)}`);
  if (args.json) {
    printJson(order);
    return order;
  }

  const [sell, buy] = await Promise.all([
    resolveToken(context, order.sellToken),
    resolveToken(context, order.buyToken),
  ]);
  const decimals = { sellDecimals: sell.decimals, buyDecimals: buy.decimals };
  const terms = decodeTerms(order.terms);
  const switches = (["allOrNone", "exactPayment", "observed", "transferred"] as const).filter((name) => terms[name]);
  const rows: [string, string][] = [
    ["id", String(id)],
    ["owner", order.owner],
    ["made by", `${order.maker}, nonce ${order.nonce}`],
    [
      "sells",
      `${formatAmount(order.remaining, sell)} ${sell.symbol}, ${formatAmount(order.available, sell)} of it now`,
    ],
    ["price", `${formatPrice(order.price, decimals)} ${buy.symbol} for one ${sell.symbol}`],
    ["or", `${formatPrice(order.price, { ...decimals, side: "buy" })} ${sell.symbol} for one ${buy.symbol}`],
    ["ends", order.expiry === NO_EXPIRY ? "never" : formatTime(order.expiry)],
    ["least fill", `${formatAmount(terms.minFill, sell)} ${sell.symbol}`],
    ["terms", switches.join(", ") || "plain"],
    ["state", format.status(order.status)],
  ];
  if (order.privateTaker !== zeroAddress) rows.push(["reserved for", order.privateTaker]);
  if (order.releaseEnd !== 0) {
    rows.push(["released", `${formatTime(order.releaseStart)} to ${formatTime(order.releaseEnd)}`]);
  }
  printFields(rows);
  return order;
});
