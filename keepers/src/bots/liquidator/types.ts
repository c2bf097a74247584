import type { LendMarketView } from "@cxmpute/sdk";

import type { Route } from "../../dex/types.ts";
import type { Gain } from "../../engine/types.ts";

/** A liquidation that the controller would do now. */
export interface PlannedPair {
  readonly debt: LendMarketView;
  readonly collateral: LendMarketView;
  /** Units of the debt's asset. */
  readonly repaid: bigint;
  /** Units of the collateral's asset for the liquidator. */
  readonly seized: bigint;
  /** Most units that may be repaid: all capital, or just `repaid` where less was asked for than the protocol allows. */
  readonly limit: bigint;
  /** Whether uTokens are seized, because the pool lacks the cash to pay the asset out. */
  readonly asShares: boolean;
}

/** With whose money. */
export type Way = "own" | "flash";

/** A liquidation with what it is reckoned to bring and cost before the chain is asked. */
export interface Plan {
  readonly way: Way;
  readonly pair: PlannedPair;
  readonly gains: readonly Gain[];
  readonly costs: readonly Gain[];
}

/** A plan that sells what it seizes. */
export interface FlashPlan extends Plan {
  readonly way: "flash";
  readonly route: Route;
  /** Whether what is seized is sold to the end, or only as much as the repayment takes. */
  readonly sellsAll: boolean;
}
