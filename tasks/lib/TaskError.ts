import { HardhatPluginError } from "hardhat/plugins";

/** A failure that the message explains: Hardhat prints it without a stack and exits with 1. */
export class TaskError extends HardhatPluginError {
  constructor(message: string, cause?: Error) {
    super("cxmpute", message, cause);
  }
}
