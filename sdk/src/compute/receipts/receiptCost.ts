import type { Receipt } from "../types.ts";

/** The most that a receipt may cost by its own tokens and prices, in 1e-12 USD. Exact: prices are whole. */
export function receiptCost(
  receipt: Pick<Receipt, "inputTokens" | "outputTokens" | "inputPrice" | "outputPrice">,
): bigint {
  return receipt.inputTokens * receipt.inputPrice + receipt.outputTokens * receipt.outputPrice;
}
