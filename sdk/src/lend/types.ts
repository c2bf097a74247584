import type { Address } from "viem";

import type { PriceQuality, PriceQuote } from "../oracle/types.ts";

/** The totals of a pool, with interest up to `updatedAt`. */
export interface LendMarket {
  /** Assets that the pool holds by its own count. */
  readonly cash: bigint;
  /** Assets of cash and debt that are the protocol's. */
  readonly reserve: bigint;
  /** All uTokens. */
  readonly supplyShares: bigint;
  readonly debtShares: bigint;
  /** Assets a debt share, 1e18. */
  readonly debtIndex: bigint;
  /** Seconds. */
  readonly updatedAt: bigint;
}

/** As `totals` of a pool returns them. */
export interface PoolTotals extends LendMarket {
  /** What all accounts owe, rounded down. */
  readonly debt: bigint;
  /** Part of the reserve that is kept for bad debt. */
  readonly insurance: bigint;
}

/** The curve: rates a year and the kink, in basis points. */
export interface RateModel {
  readonly baseBps: bigint;
  readonly slope1Bps: bigint;
  readonly slope2Bps: bigint;
  readonly kinkBps: bigint;
}

/** What governance has set for a pool. */
export interface PoolParameters {
  readonly model: RateModel;
  /** The reserve's part of interest. */
  readonly reserveFactorBps: bigint;
  /** Whole tokens. */
  readonly supplyCap: bigint;
  /** Whole tokens. */
  readonly borrowCap: bigint;
  /** Millionths. */
  readonly flashFee: bigint;
}

/** What the maths needs to know of an asset. */
export interface LendTerms {
  /** Its number at the controller. */
  readonly id: number;
  readonly decimals: number;
  /** What a unit of collateral lets borrow. */
  readonly collateralFactorBps: bigint;
  /** What it counts for when health is measured. */
  readonly thresholdBps: bigint;
  /** Most of one debt that one liquidation repays. */
  readonly closeFactorBps: bigint;
  /** As collateral only alone, and only behind debts that are marked for it. */
  readonly isolated: boolean;
  /** May be borrowed by accounts with isolated collateral. */
  readonly isolationDebt: boolean;
}

/** An asset as the controller lists it. */
export interface LendAsset extends LendTerms {
  readonly pool: Address;
  /** Of a liquidation, 1e18. */
  readonly bonus: bigint;
  /** When the threshold was lowered last, seconds. */
  readonly loweredAt: bigint;
}

/** How an account stands in one pool. */
export interface LendPosition extends LendTerms {
  /** Assets that its shares are worth, rounded down, switched on or not. */
  readonly supplied: bigint;
  /** Whether they are collateral. */
  readonly isCollateral: boolean;
  /** Assets that it owes, rounded up. */
  readonly debt: bigint;
  readonly quote: PriceQuote;
}

/** An account over all pools, at the prices that count against it. Values in 1e18 USD. */
export interface AccountHealth {
  /** Of all that is switched on. */
  readonly collateral: bigint;
  /** What it lets borrow. */
  readonly power: bigint;
  /** What it counts for in health. */
  readonly threshold: bigint;
  readonly debt: bigint;
  /** threshold / debt, 1e18; 2^256 − 1 without debt. */
  readonly health: bigint;
  /** The worst of the prices. */
  readonly quality: PriceQuality;
}

/** What a liquidation comes to. */
export interface LiquidationPlan {
  /** Assets of the debt. */
  readonly repaid: bigint;
  /** Assets of the collateral for the liquidator. */
  readonly assets: bigint;
  /** Assets of the collateral for insurance and treasury. */
  readonly protocolAssets: bigint;
  /** Nothing of this collateral is left. */
  readonly takesAll: boolean;
  /** Nothing of any collateral is left: what remains of all debts is bad. */
  readonly strikesOff: boolean;
}
