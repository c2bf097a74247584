import { decodeErrorResult, type Hex, isHex } from "viem";

import { allErrorsAbi } from "./catalogue.ts";

/** A decoded revert. `name` is `Error` for a reason string, `Panic` for a failed check of the compiler. */
export interface ContractError {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly data: Hex;
}

/**
 * The revert that an error of viem, of a node or of a wallet carries, however deep; undefined when there is none or it
 * is of no known contract. Raw revert data may be given as well.
 */
export function decodeContractError(error: unknown): ContractError | undefined {
  return isHex(error) ? decode(error) : search(error, 0);
}

const MAX_DEPTH = 12;

/** Nodes and wallets put the data into `data`, `data.data`, `raw`, or the same of an inner `cause` or `error`. */
function search(error: unknown, depth: number): ContractError | undefined {
  if (typeof error !== "object" || error === null || depth > MAX_DEPTH) return undefined;
  const { raw, data, cause, error: inner } = error as Record<string, unknown>;
  for (const candidate of [raw, data]) {
    const decoded = isHex(candidate) ? decode(candidate) : undefined;
    if (decoded !== undefined) return decoded;
  }
  return search(data, depth + 1) ?? search(cause, depth + 1) ?? search(inner, depth + 1);
}

function decode(data: Hex): ContractError | undefined {
  try {
    const decoded = decodeErrorResult({ abi: allErrorsAbi, data });
    // viem leaves the list out for errors without arguments, whatever the type says.
    const args = (decoded.args as readonly unknown[] | undefined) ?? [];
    return { name: decoded.errorName, args, data };
  } catch {
    return undefined;
  }
}
