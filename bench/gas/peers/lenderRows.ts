import type { LenderRow } from "../lend/measureLender.ts";
import type { Cost } from "../measure.ts";
import type { PeerRow } from "./contract.ts";

/** Our rows that a peer's are compared with, where they are not those of the same name alone. */
const ALSO: Partial<Record<LenderRow, readonly string[]>> = {
  liquidate: ["lend.liquidateShares"],
};

/** A lending protocol's rows, beside ours that do the same. */
export function lenderRows(peer: string, rows: Record<LenderRow, Cost>): PeerRow[] {
  return Object.entries(rows).map(([name, cost]) => ({
    keys: [`lend.${name}`, ...(ALSO[name as LenderRow] ?? [])],
    peer,
    ...cost,
  }));
}
