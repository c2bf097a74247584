import { BaseError, InsufficientFundsError, UnknownRpcError, UserRejectedRequestError } from "viem";

import type { KnownErrorName } from "./catalogue.ts";
import { decodeContractError, type ContractError } from "./decodeContractError.ts";
import { type ErrorContext, ErrorFormat } from "./ErrorFormat.ts";
import { sentences } from "./sentences/index.ts";

/**
 * One plain sentence for whatever a call threw: a contract's custom error with its values, a reason string, a panic, or
 * what viem says shortest. Give the tokens around the call to see amounts instead of units.
 */
export function explainError(error: unknown, context?: ErrorContext): string {
  // An action's error says it already, with the tokens that the action was told of.
  if (context === undefined && error instanceof Error && error.name === "CallError") return error.message;
  const contractError = decodeContractError(error);
  if (contractError !== undefined) return explainContractError(contractError, context ?? {});
  if (error instanceof BaseError) {
    if (error.walk((cause) => cause instanceof UserRejectedRequestError) !== null) return "The request was rejected.";
    if (error.walk((cause) => cause instanceof InsufficientFundsError) !== null) {
      return "The account has too little of the chain's coin to pay for the transaction.";
    }
    // Of an error without a code only the node's or the connection's own words tell something.
    const unknown = error.walk((cause) => cause instanceof UnknownRpcError);
    if (unknown instanceof UnknownRpcError && unknown.details) return sentence(unknown.details);
    return sentence(error.shortMessage);
  }
  return sentence(error instanceof Error ? error.message : String(error));
}

function explainContractError({ name, args }: ContractError, context: ErrorContext): string {
  if (name === "Error") return sentence(String(args[0]));
  if (name === "Panic") return PANICS.get(args[0] as bigint) ?? `The contract failed with panic ${String(args[0])}.`;
  // Name and arguments were decoded together, which the type of a lookup cannot say.
  const write = sentences[name as KnownErrorName] as (args: readonly unknown[], format: ErrorFormat) => string;
  return write(args, new ErrorFormat(context)).replace(/^(order|token)(?= )/, capitalised);
}

const PANICS = new Map([
  [0x01n, "A check that can never fail has failed in the contract."],
  [0x11n, "A number became too large or fell below zero in the contract."],
  [0x12n, "The contract divided by zero."],
  [0x21n, "A value is not one of those that the contract knows."],
  [0x32n, "The contract read beyond the end of a list."],
  [0x41n, "The call asks the contract for too much memory."],
]);

function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "The call failed without a reason.";
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
