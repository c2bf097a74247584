import type { Address } from "viem";

import type { Leg } from "../dex/types.ts";
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

/** Rates a year, 1e18. */
export interface PoolRates {
  readonly borrowRate: bigint;
  readonly supplyRate: bigint;
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
  /**
   * The oracle's last price, 1e18 USD for a whole token, for planning a liquidation while `quote` is halted or a fallback;
   * zero or left out where it is not known.
   */
  readonly lastPrice?: bigint | undefined;
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

/** A pool with its price, as the lens tells it. */
export interface LendMarketView extends LendAsset {
  /** Zero when the pool did not say. */
  readonly asset: Address;
  /** Halted when the oracle gave no answer. */
  readonly quote: PriceQuote;
  /** The oracle's last price while `quote` is halted or a fallback, 1e18 USD for a whole token; zero for none. */
  readonly lastPrice: bigint;
  /** Seconds since the source last updated the price; 2^256 − 1 when it never did. */
  readonly priceAge: bigint;
  /** Whether the pool answered everything; what it did not answer is zero. */
  readonly readable: boolean;
  /** With interest up to the block of the read. */
  readonly totals: PoolTotals;
  /** Assets that all shares are worth. */
  readonly supplied: bigint;
  readonly rates: PoolRates;
  readonly parameters: PoolParameters;
  /** First second at which the pool takes new risk; liquidations wait `LIQUIDATION_GRACE` longer. */
  readonly pausedUntil: bigint;
}

/** An account over all pools, as the lens tells it. Values in 1e18 USD, health in 1e18. */
export interface LendAccountView {
  readonly account: Address;
  /** Ids of assets whose shares are switched on as collateral. */
  readonly collateralIds: readonly number[];
  /** Ids of assets that it owes. */
  readonly debtIds: readonly number[];
  /** Ids of pools that gave no answer: they are missing in all values. */
  readonly unreadableIds: readonly number[];
  /** At the prices that count against it, as the next three. */
  readonly collateral: bigint;
  /** What the collateral lets borrow. */
  readonly power: bigint;
  readonly debt: bigint;
  /** 2^256 − 1 without debt. */
  readonly health: bigint;
  /**
   * At the prices that favour it: it can be liquidated when this is below 1. As it counts at `liquidatableFrom`, or now
   * where that has passed: collateral whose price is not good for liquidations then counts twice.
   */
  readonly healthInFavour: bigint;
  /**
   * First second at which the oracle lets it be liquidated: all debts have a price for it, and one collateral to seize;
   * 2^256 − 1 when a price or a pool forbids it. A pool's grace after a pause is not in it.
   */
  readonly liquidatableFrom: bigint;
  /** The worst of the prices. */
  readonly quality: PriceQuality;
}

/** An account in one pool, as the lens tells it, in assets. */
export interface LendPositionView {
  readonly id: number;
  /** Whether pool and controller answered everything; what they did not answer is zero. */
  readonly readable: boolean;
  readonly isCollateral: boolean;
  /** uTokens held. */
  readonly shares: bigint;
  /** What they are worth, rounded down. */
  readonly supplied: bigint;
  /** Rounded up. */
  readonly debt: bigint;
  /** What could be withdrawn now. */
  readonly withdrawable: bigint;
  /** What could be borrowed now; up to a few units too little. */
  readonly borrowable: bigint;
  /** What the account holds of the asset. */
  readonly wallet: bigint;
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

/** A liquidation that pays for itself, as `FlashLiquidator` takes it; see `flashJob` for one with the defaults filled in. */
export interface FlashJob {
  readonly borrower: Address;
  /** Whose debt is repaid: the asset's number. */
  readonly debtId: bigint;
  /** Whose collateral is seized. */
  readonly collateralId: bigint;
  /** Most assets of the debt to repay. */
  readonly maxRepay: bigint;
  /** Seize uTokens: for a pool without the cash to pay the asset out. */
  readonly asShares: boolean;
  /** With `asShares`: most of the seized uTokens to turn into the asset before trading, as far as the cash serves. */
  readonly redeemShares: bigint;
  /** Trades on the order book, one after the other, each with no more than the call holds of its `buyToken` by then. */
  readonly legs: readonly Leg[];
  /** Most assets of the debt that may be taken from the caller when the trades bring too little. */
  readonly maxOwn: bigint;
  /** What the profit is counted in. */
  readonly profitToken: Address;
  /** Least units of it, net of what was taken from the caller in the same token. */
  readonly minProfit: bigint;
  /** Of the profit and of all that is left over, in any token; zero for the caller. */
  readonly recipient: Address;
  /** Last second at which the call may run; zero for none. */
  readonly deadline: bigint;
}

/** What a call of `FlashLiquidator` came to. */
export interface FlashOutcome {
  /** Assets of the debt. */
  readonly repaid: bigint;
  /** Shares or assets of the collateral. */
  readonly seized: bigint;
  /** Assets of the debt that the caller added. */
  readonly own: bigint;
  /** Units of the profit token for the recipient, less `own` where that is the same token. */
  readonly profit: bigint;
}
