import type { LendPosition } from "../types.ts";

/**
 * The position of asset `id` among those of an account.
 * @throws RangeError when it is not among them.
 */
export function positionOf(positions: readonly LendPosition[], id: number): LendPosition {
  const position = positions.find((candidate) => candidate.id === id);
  if (position === undefined) throw new RangeError(`Asset ${id} is not among the positions.`);
  return position;
}
