import { toSharesDown } from "@cxmpute/sdk";

import type { Gain } from "../../engine/types.ts";
import type { PlannedPair } from "./types.ts";

/** What a pair brings the liquidator by estimate: the asset, or the uTokens that are worth as much. */
export function seizedOf({ collateral, seized, asShares }: PlannedPair): Gain {
  return asShares
    ? { token: collateral.pool, amount: toSharesDown(collateral.totals, seized) }
    : { token: collateral.asset, amount: seized };
}
