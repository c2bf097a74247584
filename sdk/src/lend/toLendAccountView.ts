import type { ContractFunctionReturnType } from "viem";

import type { lendLensAbi } from "../abi/lendLensAbi.ts";
import { setBits } from "../internal/bits.ts";
import type { PriceQuality } from "../oracle/types.ts";
import type { LendAccountView } from "./types.ts";

/** The struct `AccountView` as viem decodes it. */
export type AccountViewStruct = ContractFunctionReturnType<typeof lendLensAbi, "view", "accounts">[number];

/** The account behind an `AccountView`. */
export function toLendAccountView(struct: AccountViewStruct): LendAccountView {
  const { collateralBits, debtBits, unreadable, quality, ...values } = struct;
  return {
    ...values,
    collateralIds: setBits(collateralBits),
    debtIds: setBits(debtBits),
    unreadableIds: setBits(unreadable),
    quality: quality as PriceQuality,
  };
}
