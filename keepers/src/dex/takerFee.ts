import { getTakerFee, MAX_TAKER_FEE } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";

/** The taker fee as last read. */
export interface TakerFeeReader {
  /** Millionths. */
  readonly current: () => bigint;
  readonly refresh: () => Promise<void>;
}

export function takerFeeReader(access: ChainAccess, book: Address): TakerFeeReader {
  // Until the first read the highest fee that the contract allows, so that no surplus is overestimated.
  let fee = BigInt(MAX_TAKER_FEE);
  return {
    current: () => fee,
    async refresh() {
      fee = await getTakerFee(access.read, { orderNFT: book });
    },
  };
}
