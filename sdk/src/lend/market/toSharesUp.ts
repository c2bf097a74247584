import { divUp } from "../../internal/division.ts";
import { VIRTUAL_SHARES } from "../constants.ts";
import type { LendMarket } from "../types.ts";
import { totalAssets } from "./totalAssets.ts";

/** Shares that withdrawing `assets` costs, rounded up. */
export function toSharesUp(market: LendMarket, assets: bigint): bigint {
  return divUp(assets * (market.supplyShares + VIRTUAL_SHARES), totalAssets(market) + 1n);
}
