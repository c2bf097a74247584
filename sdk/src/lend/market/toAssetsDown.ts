import { divDown } from "../../internal/division.ts";
import { VIRTUAL_SHARES } from "../constants.ts";
import type { LendMarket } from "../types.ts";
import { totalAssets } from "./totalAssets.ts";

/** Assets that redeeming `shares` brings, rounded down. */
export function toAssetsDown(market: LendMarket, shares: bigint): bigint {
  return divDown(shares * (totalAssets(market) + 1n), market.supplyShares + VIRTUAL_SHARES);
}
