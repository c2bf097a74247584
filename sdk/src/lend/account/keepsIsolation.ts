import type { LendPosition } from "../types.ts";

/** Whether isolated collateral stands alone, and behind marked debts only; `borrowedId` counts as a debt. */
export function keepsIsolation(positions: readonly LendPosition[], borrowedId?: number): boolean {
  const collateral = positions.filter(({ isCollateral }) => isCollateral);
  if (!collateral.some(({ isolated }) => isolated)) return true;
  if (collateral.length > 1) return false;
  return positions.every(({ id, debt, isolationDebt }) => isolationDebt || (debt === 0n && id !== borrowedId));
}
