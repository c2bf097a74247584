import { type Address, zeroAddress } from "viem";

import { orderLensAbi } from "../../abi/orderLensAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import { toOrder } from "../toOrder.ts";
import { FillStatus, type Order } from "../types.ts";

export interface GetOrdersParameters extends ReadOptions {
  readonly orderLens: Address;
  readonly ids: readonly bigint[];
  /** Whose fill the statuses are for; nobody in particular unless said. */
  readonly taker?: Address | undefined;
}

/** Many orders in one call, in the order asked for; undefined for each that is gone. */
export async function getOrders(
  client: ReadClient,
  parameters: GetOrdersParameters,
): Promise<readonly (Order | undefined)[]> {
  const { orderLens, ids, taker = zeroAddress } = parameters;
  const orders = await read(client, {
    address: orderLens,
    abi: orderLensAbi,
    functionName: "orders",
    args: [ids, taker],
    options: parameters,
  });
  return ids.map((id, index) => {
    const order = orders[index];
    return order === undefined || order.status === FillStatus.Nonexistent ? undefined : toOrder(id, order);
  });
}
