import { CallError } from "@cxmpute/sdk";
import { BaseError } from "viem";

const REVERT_NAMES = new Set([
  "ContractFunctionRevertedError",
  "ContractFunctionZeroDataError",
  "ExecutionRevertedError",
  "RawContractError",
]);

const REVERT_WORDS = /revert|invalid opcode|out of gas|gas required exceeds|stack (?:over|under)flow/i;

/** Whether an error of a call or a gas estimate is the contract's answer, not the node's silence. */
export function isRevert(error: unknown): boolean {
  if (error instanceof CallError) return isRevert(error.cause);
  if (!(error instanceof BaseError)) return false;
  return (
    error.walk((cause) => cause instanceof Error && REVERT_NAMES.has(cause.name)) !== null ||
    REVERT_WORDS.test(error.details)
  );
}
