import type { Address } from "viem";

import { lendControllerAbi } from "../../abi/lendControllerAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import { UNLIMITED } from "../constants.ts";
import type { LiquidationPlan } from "../types.ts";

export interface PreviewLiquidationParameters extends ReadOptions {
  readonly controller: Address;
  readonly borrower: Address;
  readonly debtId: number;
  readonly collateralId: number;
  /** Most assets to pay; no bound unless said. */
  readonly maxRepay?: bigint | undefined;
}

/**
 * What `liquidateAccount` would come to now, as the chain says.
 * @throws CallError with the reason when it cannot be.
 */
export async function previewLiquidation(
  client: ReadClient,
  parameters: PreviewLiquidationParameters,
): Promise<LiquidationPlan> {
  const { controller, borrower, debtId, collateralId, maxRepay = UNLIMITED } = parameters;
  return read(client, {
    address: controller,
    abi: lendControllerAbi,
    functionName: "previewLiquidation",
    args: [borrower, BigInt(debtId), BigInt(collateralId), maxRepay],
    options: parameters,
  });
}
