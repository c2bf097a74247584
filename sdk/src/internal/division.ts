/** floor(n / d) for n ≥ 0, d > 0. */
export function divDown(n: bigint, d: bigint): bigint {
  return n / d;
}

/** ceil(n / d) for n ≥ 0, d > 0. */
export function divUp(n: bigint, d: bigint): bigint {
  return (n + d - 1n) / d;
}
