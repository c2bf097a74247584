import { divDown } from "../../internal/division.ts";
import { MAX_DEBT_INDEX, WAD } from "../constants.ts";
import type { LendMarket, PoolParameters } from "../types.ts";
import { borrowRateAt } from "./borrowRateAt.ts";
import { growthDown } from "./growthDown.ts";
import { reserveAfter } from "./reserveAfter.ts";
import { totalDebtDown } from "./totalDebtDown.ts";
import { utilisationUp } from "./utilisationUp.ts";

export interface AccrueMarketParameters<market extends LendMarket = LendMarket> {
  readonly market: market;
  readonly parameters: Pick<PoolParameters, "model" | "reserveFactorBps">;
  /** Seconds, not before the market's own. */
  readonly timestamp: bigint;
}

/**
 * A market with interest up to `timestamp`, as the pool itself would count it then. Exact from a market of a block that
 * wrote to the pool; from one between two writes it is off by next to nothing, since the pool counts the whole time at
 * once and at the rate of the last write.
 * @throws RangeError when the time is before that of the market.
 */
export function accrueMarket({ market, parameters, timestamp }: AccrueMarketParameters): LendMarket {
  const elapsed = timestamp - market.updatedAt;
  if (elapsed < 0n) throw new RangeError(`The market is of second ${market.updatedAt}, after ${timestamp}.`);
  const debt = totalDebtDown(market);
  const { cash, reserve, supplyShares, debtShares, debtIndex } = market;
  if (elapsed === 0n || debt === 0n) {
    return { cash, reserve, supplyShares, debtShares, debtIndex, updatedAt: timestamp };
  }

  const growth = growthDown(borrowRateAt(parameters.model, utilisationUp(cash, debt)), elapsed);
  const unbounded = debtIndex + divDown(debtIndex * growth, WAD);
  const grown = unbounded < MAX_DEBT_INDEX ? unbounded : MAX_DEBT_INDEX;
  return {
    cash,
    reserve: reserveAfter(market, parameters.reserveFactorBps, grown),
    supplyShares,
    debtShares,
    debtIndex: grown,
    updatedAt: timestamp,
  };
}
