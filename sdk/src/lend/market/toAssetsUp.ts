import { divUp } from "../../internal/division.ts";
import { VIRTUAL_SHARES } from "../constants.ts";
import type { LendMarket } from "../types.ts";
import { totalAssets } from "./totalAssets.ts";

/** Assets that minting `shares` costs, rounded up. */
export function toAssetsUp(market: LendMarket, shares: bigint): bigint {
  return divUp(shares * (totalAssets(market) + 1n), market.supplyShares + VIRTUAL_SHARES);
}
