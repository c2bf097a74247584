import type { Address } from "viem";

import type { Payload } from "../../engine/types.ts";
import type { FlashPlan, Plan } from "./types.ts";

/** A plan as it is stored with its intent. */
export function payloadOf(borrower: Address, plan: Plan | FlashPlan): Payload {
  const { debt, collateral, asShares } = plan.pair;
  return {
    borrower,
    debtId: String(debt.id),
    collateralId: String(collateral.id),
    way: plan.way,
    asShares: String(asShares),
    ...("route" in plan ? { path: plan.route.path } : {}),
  };
}
