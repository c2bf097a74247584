import type { LendMarket, LendPosition } from "../types.ts";
import { positionOf } from "./positionOf.ts";
import { withdrawable } from "./withdrawable.ts";

export interface MaxWithdrawParameters {
  readonly positions: readonly LendPosition[];
  readonly id: number;
  /** The pool of the asset. */
  readonly market: LendMarket;
}

/** Assets that an account can withdraw: what it has, its debts allow and the pool's cash serves; the pool's `maxWithdraw`. */
export function maxWithdraw({ positions, id, market }: MaxWithdrawParameters): bigint {
  const limits = [positionOf(positions, id).supplied, market.cash, withdrawable(positions, id)];
  return limits.reduce((least, limit) => (limit < least ? limit : least));
}
