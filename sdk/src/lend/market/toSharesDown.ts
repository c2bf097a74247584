import { divDown } from "../../internal/division.ts";
import { VIRTUAL_SHARES } from "../constants.ts";
import type { LendMarket } from "../types.ts";
import { totalAssets } from "./totalAssets.ts";

/** Shares that supplying `assets` brings, rounded down. */
export function toSharesDown(market: LendMarket, assets: bigint): bigint {
  return divDown(assets * (market.supplyShares + VIRTUAL_SHARES), totalAssets(market) + 1n);
}
