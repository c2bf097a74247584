/** Bits that a positive number needs: 1 for 1, 8 for 255, 9 for 256. */
export function bitLength(x: bigint): number {
  return x.toString(2).length;
}
