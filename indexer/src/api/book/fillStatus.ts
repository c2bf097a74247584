import { evaluateFill, FillStatus } from "@cxmpute/sdk";
import type { Address } from "viem";

import { toBookOrder, type OrderRow } from "./bookOrder.ts";

type Name = keyof typeof FillStatus;

const NAMES = Object.fromEntries(Object.entries(FillStatus).map(([name, value]) => [value, name])) as Record<
  number,
  Name
>;

/** Whether `taker` could fill the order at `now` (seconds), or why not, in the contract's words. */
export function fillStatusOf(row: OrderRow, taker: Address | undefined, now: bigint): Name {
  if (row.status === "filled" || row.status === "cancelled") return "Nonexistent";
  const { status } = evaluateFill({ order: toBookOrder(row), timestamp: now, taker });
  return NAMES[status] ?? "Nonexistent";
}
