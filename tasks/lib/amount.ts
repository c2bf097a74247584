import { formatUnits, parseUnits } from "viem";

import { TaskError } from "./TaskError.ts";

/**
 * Reads whole tokens ("1.5") as units, exactly.
 * @throws TaskError when the text is no positive decimal number, or finer than the token.
 */
export function parseAmount(text: string, token: { symbol: string; decimals: number }): bigint {
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text)) throw new TaskError(`"${text}" is no amount: write a number like 1.5`);
  const fraction = (text.split(".")[1] ?? "").replace(/0+$/, "");
  if (fraction.length > token.decimals) {
    throw new TaskError(`${text} ${token.symbol} is finer than the token, which has ${token.decimals} decimals`);
  }
  const units = parseUnits(text, token.decimals);
  if (units === 0n) throw new TaskError("the amount must be more than zero");
  return units;
}

/** Units as whole tokens, exactly. */
export function formatAmount(units: bigint, token: { decimals: number }): string {
  return formatUnits(units, token.decimals);
}
