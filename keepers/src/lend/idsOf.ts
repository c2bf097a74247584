/** The ids whose bits are set, lowest first. */
export function idsOf(bits: bigint): number[] {
  const ids: number[] = [];
  for (let id = 0, left = bits; left !== 0n; id++, left >>= 1n) if ((left & 1n) === 1n) ids.push(id);
  return ids;
}
