/**
 * The middle value; of an even number of them the lower of both middle ones.
 * @throws RangeError when there are none.
 */
export function lowerMedian(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const median = sorted[(sorted.length - 1) >> 1];
  if (median === undefined) throw new RangeError("Nothing has no median.");
  return median;
}
