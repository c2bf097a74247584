const BPS = 10_000n;

/** Whether `to` lies at least `bps` basis points of `from` away from it. Exact: nothing is divided. */
export function deviatesBy(from: bigint, to: bigint, bps: bigint): boolean {
  const distance = to > from ? to - from : from - to;
  return distance * BPS >= from * bps;
}
