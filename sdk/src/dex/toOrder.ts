import type { ContractFunctionReturnType } from "viem";

import type { orderNftAbi } from "../abi/orderNftAbi.ts";
import { FillStatus, type Order } from "./types.ts";

/** The struct `Order` as viem decodes it. */
export type OrderStruct = ContractFunctionReturnType<typeof orderNftAbi, "view", "order">;

/** The order behind what `order(id, taker)` returned. */
export function toOrder(id: bigint, struct: OrderStruct): Order {
  const status = struct.status as FillStatus;
  return { ...struct, id, status, cancelled: status === FillStatus.Cancelled };
}
