import type { Account, Address } from "viem";
import { simulateContract } from "viem/actions";

import { flashLiquidatorAbi } from "../../abi/flashLiquidatorAbi.ts";
import { CallError } from "../../errors/CallError.ts";
import type { ReadClient, ReadOptions } from "../../internal/read.ts";
import { flashJob, type FlashJobParameters } from "../liquidation/flashJob.ts";
import type { FlashOutcome } from "../types.ts";

export interface PreviewFlashLiquidationParameters extends FlashJobParameters, ReadOptions {
  readonly flashLiquidator: Address;
  /** Who would call: whose own assets may be added. */
  readonly account: Account | Address;
}

/**
 * What `flashLiquidate` would come to now, as the chain says.
 * @throws CallError with the reason when it cannot be.
 */
export async function previewFlashLiquidation(
  client: ReadClient,
  parameters: PreviewFlashLiquidationParameters,
): Promise<FlashOutcome> {
  const { flashLiquidator, account, blockNumber, blockTag } = parameters;
  const block = blockNumber === undefined ? (blockTag === undefined ? {} : { blockTag }) : { blockNumber };
  try {
    const { result } = await simulateContract(client, {
      account,
      address: flashLiquidator,
      abi: flashLiquidatorAbi,
      functionName: "liquidate",
      args: [flashJob(parameters)],
      ...block,
    });
    return result;
  } catch (error) {
    throw new CallError(error);
  }
}
