import { divDown, divUp } from "../../internal/division.ts";
import { isUsable } from "../../oracle/isUsable.ts";
import { BPS, WAD } from "../constants.ts";
import type { LendMarket, LendPosition } from "../types.ts";
import { coverage } from "./coverage.ts";
import { keepsIsolation } from "./keepsIsolation.ts";
import { positionOf } from "./positionOf.ts";

export interface BorrowCapacityParameters {
  /** All positions of the account, and one for the asset to borrow, even if it is empty. */
  readonly positions: readonly LendPosition[];
  /** The asset to borrow. */
  readonly id: number;
  /** Its pool, with interest up to the block that the loan is made in. */
  readonly market: LendMarket;
  /** The account's debt shares in that pool. */
  readonly debtShares: bigint;
  /** Whole tokens. */
  readonly borrowCap: bigint;
}

/**
 * The most assets that an account can borrow from a pool: within its borrowing power, the pool's cash and the pool's cap.
 * Zero while a price is not fresh, or where isolation forbids it. Exact to the unit, but for an account that has collateral
 * in the same pool, whose shares may gain a unit of worth by the rounding of its own loan.
 */
export function borrowCapacity(parameters: BorrowCapacityParameters): bigint {
  const { positions, id, market } = parameters;
  const position = positionOf(positions, id);
  if (!isUsable(position.quote) || !keepsIsolation(positions, id)) return 0n;
  const shares = least(sharesOfPower(parameters, position), sharesOfCap(parameters, position.decimals));
  if (shares <= 0n) return 0n;
  // The most assets that cost no more than these shares, which are rounded up.
  return least(divDown(shares * market.debtIndex, WAD), market.cash);
}

/** Debt shares that the account's borrowing power leaves room for. */
function sharesOfPower(
  { positions, id, market, debtShares }: BorrowCapacityParameters,
  { quote, decimals }: LendPosition,
): bigint {
  const others = coverage(positions.map((other) => (other.id === id ? { ...other, debt: 0n } : other)));
  if (others === undefined) return 0n;
  const value = divDown(others.power, BPS) - others.owed;
  if (value <= 0n) return 0n;
  // Both round up when the controller counts, so the most that still fits is what is left when they round down.
  const debt = divDown(value * 10n ** BigInt(decimals), quote.high);
  return divDown(debt * WAD, market.debtIndex) - debtShares;
}

/** Debt shares that the pool's cap leaves room for: its total debt is rounded down. */
function sharesOfCap({ market, borrowCap }: BorrowCapacityParameters, decimals: number): bigint {
  const cap = borrowCap * 10n ** BigInt(decimals);
  return divUp((cap + 1n) * WAD, market.debtIndex) - 1n - market.debtShares;
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
