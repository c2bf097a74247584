export function min(x: bigint, y: bigint): bigint {
  return x < y ? x : y;
}
