import type { ContractFunctionReturnType } from "viem";

import type { lendControllerAbi } from "../abi/lendControllerAbi.ts";
import type { LendAsset } from "./types.ts";

/** The struct `AssetInfo` as viem decodes it. */
export type AssetInfoStruct = ContractFunctionReturnType<typeof lendControllerAbi, "view", "assetInfo">;

/** The asset behind what `assetInfo(id)` returned. */
export function toLendAsset(id: number, info: AssetInfoStruct): LendAsset {
  const { pool, decimals, bonus, loweredAt, parameters } = info;
  return {
    id,
    pool,
    decimals: Number(decimals),
    bonus,
    loweredAt,
    collateralFactorBps: parameters.collateralFactor,
    thresholdBps: parameters.threshold,
    closeFactorBps: parameters.closeFactor,
    isolated: parameters.isolated,
    isolationDebt: parameters.isolationDebt,
  };
}
