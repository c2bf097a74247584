import type { Cost } from "./measure.ts";
import type { PeerRow } from "./peers/contract.ts";
import { ROWS } from "./rows.ts";

/** One row of `bench/results/gas.json`. Gas, except `dex.size`, which is bytes and their least charge on peaq. */
export interface Result {
  gas: number;
  /** Gas that peaq charges: `max(gas, 4 * proof size)`. */
  peaq: number;
  /** Null for rows without a target. */
  limit: number | null;
  /** Gas of those who do the same. */
  peers: Record<string, number>;
  /** What peaq would charge for them. */
  peersPeaq: Record<string, number>;
}

export type Results = Record<string, Result>;

/**
 * Joins our rows, their limits and the peers' rows, in the order of `ROWS`.
 * @throws when a row was not measured, or has no title, or when a peer is compared with a row that does not exist
 */
export function joinResults(ours: Record<string, Cost>, peers: readonly PeerRow[]): Results {
  for (const key of Object.keys(ours)) {
    if (!(key in ROWS)) throw new Error(`${key} has no title`);
  }
  for (const key of peers.flatMap((row) => row.keys)) {
    if (!(key in ROWS)) throw new Error(`a peer is compared with ${key}, which is no row`);
  }
  return Object.fromEntries(
    Object.entries(ROWS).map(([key, { limit }]): [string, Result] => {
      const cost = ours[key];
      if (cost === undefined) throw new Error(`${key} was not measured`);
      const same = peers.filter((row) => row.keys.includes(key));
      return [
        key,
        {
          gas: cost.gas,
          peaq: cost.peaq,
          limit: limit ?? null,
          peers: Object.fromEntries(same.map((row) => [row.peer, row.gas])),
          peersPeaq: Object.fromEntries(same.map((row) => [row.peer, row.peaq])),
        },
      ];
    }),
  );
}
