import { cancelOrder, cancelOrders, getNonces, getOrders, raiseEpoch } from "@cxmpute/sdk";

import { act } from "../lib/act.ts";
import { openSenderContext } from "../lib/context.ts";
import { parseIds, required } from "../lib/ids.ts";
import { print, printJson } from "../lib/print.ts";
import { settle } from "../lib/settle.ts";
import { TaskError } from "../lib/TaskError.ts";

interface CancelArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  id: string | undefined;
  epoch: string | undefined;
}

interface CancelReport {
  cancelled: bigint[];
  /** Units of each order's sold token, as it stood just before. */
  refunds: bigint[];
  /** The account's epoch, when it was raised. */
  epoch: bigint | undefined;
  transaction: string;
}

/** Cancels by id, or raises the account's epoch, which voids orders whose refunds are then fetched by id. */
export default act(async (args: CancelArguments, hre): Promise<CancelReport> => {
  const context = await openSenderContext(hre, args);
  const { client, wallet, book: orderNFT, deployment, sender, tokens } = context;
  if ((args.id === undefined) === (args.epoch === undefined)) throw new TaskError("give either --id or --epoch");

  if (args.epoch !== undefined) {
    if (args.epoch !== "all" && !/^\d+$/.test(args.epoch)) throw new TaskError("--epoch is a nonce, or `all`");
    const asked = args.epoch === "all" ? undefined : BigInt(args.epoch);
    const { receipt } = await settle(context, raiseEpoch(wallet, { orderNFT, epoch: asked, tokens }));
    const { epoch } = await getNonces(client, { orderNFT, account: sender });
    const report = { cancelled: [], refunds: [], epoch, transaction: receipt.transactionHash };
    if (args.json) printJson(report);
    else print(`Orders of ${sender} below nonce ${epoch} are void; cancel them by id to have what they hold refunded.`);
    return report;
  }

  const ids = parseIds(required(args.id, "id"));
  const [id, ...others] = ids;
  const standing = await getOrders(client, { orderLens: deployment.contracts.orderLens, ids });
  const held = new Map(standing.flatMap((order) => (order === undefined ? [] : [[order.id, order.remaining]])));
  const { cancelled, receipt } = await settle(
    context,
    id !== undefined && others.length === 0
      ? cancelOrder(wallet, { orderNFT, id, tokens })
      : cancelOrders(wallet, { orderNFT, ids, tokens }),
  );
  const report = {
    cancelled: cancelled.map((order) => order.id),
    refunds: cancelled.map((order) => held.get(order.id) ?? 0n),
    epoch: undefined,
    transaction: receipt.transactionHash,
  };
  if (args.json) printJson(report);
  else print(`Cancelled ${cancelled.length} of ${ids.length} ${ids.length === 1 ? "order" : "orders"}`);
  return report;
});
