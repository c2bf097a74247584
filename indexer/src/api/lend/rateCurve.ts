import { borrowRateAt, BPS, WAD, type PoolParameters } from "@cxmpute/sdk";

export interface CurvePoint {
  readonly utilisation: bigint;
  readonly borrowRate: bigint;
  readonly supplyRate: bigint;
}

/** A pool's rates at `steps` even utilisations from none to all, and at the kink, 1e18. The reserve itself is left out. */
export function rateCurve(
  { model, reserveFactorBps }: Pick<PoolParameters, "model" | "reserveFactorBps">,
  steps: number,
): CurvePoint[] {
  const even = Array.from({ length: steps }, (_, index) => (WAD * BigInt(index)) / BigInt(steps - 1));
  const kink = (model.kinkBps * WAD) / BPS;
  const places = even.includes(kink) ? even : [...even, kink].sort((a, b) => (a < b ? -1 : 1));
  return places.map((utilisation) => {
    const borrowRate = borrowRateAt(model, utilisation);
    const ofInterest = (borrowRate * (BPS - reserveFactorBps)) / BPS;
    return { utilisation, borrowRate, supplyRate: (ofInterest * utilisation) / WAD };
  });
}
