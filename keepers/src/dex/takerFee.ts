import { orderNftAbi } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";

/** The taker fee as last read. */
export interface TakerFeeReader {
  /** Millionths. */
  readonly current: () => bigint;
  readonly refresh: () => Promise<void>;
}

/** Until the first read the highest fee that the contract allows, so that no surplus is overestimated. */
const HIGHEST = 3_000n;

export function takerFeeReader(access: ChainAccess, book: Address): TakerFeeReader {
  let fee = HIGHEST;
  return {
    current: () => fee,
    async refresh() {
      fee = await access.read.readContract({ address: book, abi: orderNftAbi, functionName: "takerFee" });
    },
  };
}
