import { CallError, explainError } from "@cxmpute/sdk";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { TaskError } from "./TaskError.ts";

/**
 * An action whose failures are one sentence: Hardhat prints that and exits with 1, and shows what lies below with
 * `--show-stack-traces`.
 */
export function act<ArgumentsT, ResultT>(
  action: (args: ArgumentsT, hre: HardhatRuntimeEnvironment) => Promise<ResultT>,
): (args: ArgumentsT, hre: HardhatRuntimeEnvironment) => Promise<ResultT> {
  return async (args, hre) => {
    try {
      return await action(args, hre);
    } catch (error) {
      if (error instanceof TaskError) throw error;
      // What the SDK throws is explained already, with the tokens that it knew.
      throw new TaskError(error instanceof CallError ? error.message : explainError(error), error as Error);
    }
  };
}
