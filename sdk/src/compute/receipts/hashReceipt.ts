import { type Hex, hashTypedData } from "viem";

import { receiptTypedData } from "../typedData/receiptTypedData.ts";
import type { ComputeDomain, Receipt } from "../types.ts";

/** The digest that a machine key signs for a receipt. */
export function hashReceipt(domain: ComputeDomain, receipt: Receipt): Hex {
  return hashTypedData(receiptTypedData(domain, receipt));
}
