import type { Address } from "viem";

import { flashLiquidatorAbi } from "../../abi/flashLiquidatorAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { flashJob, type FlashJobParameters } from "../liquidation/flashJob.ts";
import type { FlashOutcome } from "../types.ts";

export interface FlashLiquidateParameters extends FlashJobParameters, WriteOptions {
  readonly flashLiquidator: Address;
}

/**
 * Liquidates without capital: seizes collateral, sells it on the order book, repays with what that brings, and sends the
 * rest to the recipient. @returns what it came to, as simulated.
 */
export async function flashLiquidate(
  client: WriteClient,
  parameters: FlashLiquidateParameters,
): Promise<Sent<FlashOutcome>> {
  return write(client, {
    address: parameters.flashLiquidator,
    abi: flashLiquidatorAbi,
    functionName: "liquidate",
    args: [flashJob(parameters)],
    options: parameters,
    accrues: true,
  });
}
