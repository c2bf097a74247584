import { type Address, zeroAddress } from "viem";

import type { Leg } from "../../dex/types.ts";
import { UNLIMITED } from "../constants.ts";
import type { FlashJob } from "../types.ts";

export interface FlashJobParameters {
  readonly borrower: Address;
  /** Whose debt is repaid: the asset's number. */
  readonly debtId: number;
  /** Whose collateral is seized. */
  readonly collateralId: number;
  /** What the profit is counted in. */
  readonly profitToken: Address;
  /** Least units of it; none unless said. */
  readonly minProfit?: bigint | undefined;
  /** Trades that bring what must be repaid, such as those of `routeSweep`; none unless said. */
  readonly legs?: readonly Leg[] | undefined;
  /** Most assets of the debt to repay; no bound unless said. */
  readonly maxRepay?: bigint | undefined;
  /** Seize uTokens instead of the asset. */
  readonly asShares?: boolean | undefined;
  /** With `asShares`: most uTokens to redeem before trading, as far as the pool's cash serves; none unless said. */
  readonly redeemShares?: bigint | undefined;
  /** Most assets of the debt to add from the caller's own, who must have approved the contract; none unless said. */
  readonly maxOwn?: bigint | undefined;
  /** Of the profit and all that is left over; the caller unless said. */
  readonly recipient?: Address | undefined;
  /** Last second at which the call may run; none unless said. */
  readonly deadline?: bigint | undefined;
}

/** A job as `FlashLiquidator` takes it, with the defaults filled in. */
export function flashJob(parameters: FlashJobParameters): FlashJob {
  const { borrower, debtId, collateralId, profitToken, minProfit, legs, maxRepay, asShares } = parameters;
  const { redeemShares, maxOwn, recipient, deadline } = parameters;
  return {
    borrower,
    debtId: BigInt(debtId),
    collateralId: BigInt(collateralId),
    maxRepay: maxRepay ?? UNLIMITED,
    asShares: asShares ?? false,
    redeemShares: redeemShares ?? 0n,
    legs: legs ?? [],
    maxOwn: maxOwn ?? 0n,
    profitToken,
    minProfit: minProfit ?? 0n,
    recipient: recipient ?? zeroAddress,
    deadline: deadline ?? 0n,
  };
}
