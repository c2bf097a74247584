import { type Address, zeroAddress } from "viem";

import { orderLensAbi } from "../../abi/orderLensAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { FillStatus, Leg, LegResult } from "../types.ts";

export interface PreviewLegParameters extends ReadOptions {
  readonly orderLens: Address;
  readonly leg: Leg;
  readonly taker?: Address | undefined;
}

export interface LegPreview {
  readonly result: LegResult;
  /** For each id why it would be passed over, or `Fillable`. */
  readonly statuses: readonly FillStatus[];
  /** For each id the units taken. */
  readonly taken: readonly bigint[];
}

/** What a sweep of the leg would come to now, as the chain says; balances are not looked at. */
export async function previewLeg(client: ReadClient, parameters: PreviewLegParameters): Promise<LegPreview> {
  const { orderLens, leg, taker = zeroAddress } = parameters;
  const [result, statuses, taken] = await read(client, {
    address: orderLens,
    abi: orderLensAbi,
    functionName: "previewLeg",
    args: [leg, taker],
    options: parameters,
  });
  return { result, statuses: statuses as readonly FillStatus[], taken };
}
