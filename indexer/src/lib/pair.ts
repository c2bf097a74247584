import type { Address } from "viem";

import { lower } from "./address.ts";

export interface PairKey {
  readonly id: string;
  readonly token0: Address;
  readonly token1: Address;
}

/** The canonical pair of two tokens: the lower address first, whichever way they are traded. */
export function pairOf(tokenA: Address, tokenB: Address): PairKey {
  const [a, b] = [lower(tokenA), lower(tokenB)];
  const [token0, token1] = a < b ? [a, b] : [b, a];
  return { id: `${token0}-${token1}`, token0, token1 };
}
