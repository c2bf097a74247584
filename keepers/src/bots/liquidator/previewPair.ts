import { CallError, type LendMarketView, previewLiquidation } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import type { PlannedPair } from "./types.ts";

/** What is asked about. */
export interface PreviewParameters {
  readonly access: ChainAccess;
  readonly controller: Address;
  readonly borrower: Address;
  readonly debt: LendMarketView;
  readonly collateral: LendMarketView;
  /** Most units to repay. */
  readonly capital: bigint;
}

/**
 * What repaying up to `capital` of a debt for a collateral comes to. Where that would leave dust, as much less is repaid
 * as the protocol wants left behind. Whether the pool has the cash to pay out is not looked at.
 * @returns undefined when the controller refuses. Throws when the chain does not answer.
 */
export async function previewPair(parameters: PreviewParameters): Promise<PlannedPair | undefined> {
  const first = await ask(parameters, parameters.capital);
  if (first === undefined || "repaid" in first) return first;
  const { quote, decimals } = parameters.debt;
  // Up: a unit too little left would be refused again.
  const missing = (first.missing * 10n ** BigInt(decimals) + quote.low - 1n) / quote.low + 1n;
  if (missing >= parameters.capital) return undefined;
  const second = await ask(parameters, parameters.capital - missing);
  return second !== undefined && "repaid" in second ? second : undefined;
}

/** Value, in 1e18 USD, by which too little would be left. */
interface Dust {
  readonly missing: bigint;
}

async function ask(parameters: PreviewParameters, maxRepay: bigint): Promise<PlannedPair | Dust | undefined> {
  const { access, controller, borrower, debt, collateral, capital } = parameters;
  const pair = { debtId: debt.id, collateralId: collateral.id };
  try {
    const plan = await previewLiquidation(access.read, { controller, borrower, ...pair, maxRepay });
    const { repaid, assets: seized } = plan;
    return { debt, collateral, repaid, seized, limit: repaid < maxRepay ? capital : repaid, asShares: false };
  } catch (error) {
    if (!isRevert(error)) throw error;
    return dustOf(error);
  }
}

function dustOf(error: unknown): Dust | undefined {
  if (!(error instanceof CallError) || error.errorName !== "LeavesDust") return undefined;
  const [debtLeft, collateralLeft, minimum] = error.args as readonly [bigint, bigint, bigint];
  return { missing: minimum - (debtLeft < collateralLeft ? debtLeft : collateralLeft) };
}
