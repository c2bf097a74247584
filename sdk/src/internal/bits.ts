/** Bits that a positive number needs: 1 for 1, 8 for 255, 9 for 256. */
export function bitLength(x: bigint): number {
  return x.toString(2).length;
}

/** Where the bits of a number are set, lowest first. */
export function setBits(x: bigint): number[] {
  const found: number[] = [];
  for (let bit = 0, left = x; left !== 0n; bit++, left >>= 1n) if ((left & 1n) === 1n) found.push(bit);
  return found;
}
