import { toAssetsDown } from "../market/toAssetsDown.ts";
import { toSharesDown } from "../market/toSharesDown.ts";
import type { LendMarket, LiquidationPlan } from "../types.ts";

export interface SeizedOfParameters {
  readonly plan: LiquidationPlan;
  /** The collateral's pool, with interest up to the block of the liquidation. */
  readonly market: LendMarket;
  /** The borrower's shares there. */
  readonly supplyShares: bigint;
}

/** What a liquidator receives: either, as it chooses. */
export interface Seized {
  /** uTokens of the collateral's pool. */
  readonly shares: bigint;
  /** The asset, when it is paid out instead. */
  readonly assets: bigint;
}

/**
 * What a plan's collateral comes to once it is counted in whole shares, rounded down. Where debt and collateral are in one
 * pool, give the market as the repayment leaves it.
 */
export function seizedOf({ plan, market, supplyShares }: SeizedOfParameters): Seized {
  const protocolShares = toSharesDown(market, plan.protocolAssets);
  const shares = plan.takesAll ? supplyShares - protocolShares : toSharesDown(market, plan.assets);
  return { shares, assets: toAssetsDown(market, shares) };
}
