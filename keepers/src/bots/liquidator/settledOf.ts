import type { Address } from "viem";

import type { Path } from "../../dex/types.ts";
import type { Payload } from "../../engine/types.ts";
import type { Way } from "./types.ts";

/** What an earlier quote has settled: the books of its intent are kept in its tokens. */
export interface Settled {
  readonly debtId: number;
  readonly collateralId: number;
  readonly way: Way;
  readonly asShares: boolean;
  readonly path: Path | undefined;
}

/** What a payload says beside its borrower; undefined for an opportunity that was not quoted yet. */
export function settledOf(payload: Payload): Settled | undefined {
  if (payload.debtId === undefined) return undefined;
  return {
    debtId: Number(payload.debtId),
    collateralId: Number(payload.collateralId),
    way: payload.way === "flash" ? "flash" : "own",
    asShares: payload.asShares === "true",
    path: payload.path as readonly Address[] | undefined,
  };
}
